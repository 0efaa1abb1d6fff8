// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/source_switch.h"
#include "parameters/start_registers_text.h"

#include "controls/flat_slider.h"
#include "machine_run.h"
#include "panel_checks.h"
#include "parameters/figure_label.h"
#include "parameters/fold.h"
#include "parameters/machine_result_card.h"
#include "parameters/parameter_label.h"
#include "parameters/parameter_row.h"
#include "program/integer.h"
#include "unexpected_warnings.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <set>

using namespace interleave;

namespace {

struct Shown {
    Shown()
    {
        for (Fold* fold : panel.findChildren<Fold*>())
            fold->setUnfolded(true);
        panel.resize(260, 1100);
        panel.show();
    }
    [[nodiscard]] MachineParameters& parameters() const { return panel.parameters(); }
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        return panel.findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] ParameterRow* row(const char* name) const { return find<ParameterRow>(name); }
    void pick(const char* combo, int data) const
    {
        auto* const box = find<QComboBox>(combo);
        box->setCurrentIndex(box->findData(data));
    }
    void pick(Policy policy) const { pick("machineScheduler", static_cast<int>(policy)); }
    void pick(BuiltIn program) const { pick("machineProgram", static_cast<int>(program)); }
    [[nodiscard]] MachineSettings settings() const { return parameters().choice().settings; }

    MachinePanel panel;
};

constexpr const char* rows[] = {"machineThreads",    "machineIterations", "machineCores", "machineQuantum",
                                "machineSwitchCost", "machineDepth",      "machineSteps"};

std::shared_ptr<const MachineHistory> runOf(const BuiltInProgram& program)
{
    return machineRun(program.id, program.threads, 10, 1);
}

// Of a program that is no built-in one.
std::shared_ptr<const MachineHistory> runOfText(std::string_view assembly)
{
    auto program = assemble(assembly, {1000, MachineSettings::memoryCells, true});
    auto run = MachineHistory::run(std::make_shared<const Program>(std::move(program.value())), MachineSettings{});
    return run.value();
}

} // namespace

class MachineParametersTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void offersEveryProgramWithItsOwnBeginning()
    {
        const Shown shown;
        auto* const programs = shown.find<QComboBox>("machineProgram");
        QCOMPARE(programs->count(), static_cast<int>(builtInCount));
        std::set<QString> titles;
        for (const BuiltInProgram& program : builtInPrograms()) {
            QSignalSpy picked(&shown.parameters(), &MachineParameters::programPicked);
            QSignalSpy changed(&shown.parameters(), &MachineParameters::changed);
            const bool another = shown.parameters().choice().program != &program;
            shown.pick(program.id);
            QCOMPARE(picked.count(), another ? 1 : 0);
            QVERIFY(changed.count() >= picked.count());
            const MachineChoice choice = shown.parameters().choice();
            QCOMPARE(choice.program, &program);
            QCOMPARE(choice.settings.threads, program.threads);
            QCOMPARE(choice.registers.toStdString(), std::string(program.startRegisters));
            QCOMPARE(choice.settings.counter, std::string(program.counter));
            QVERIFY2(shown.panel.canRun(), qPrintable(shown.parameters().problem()));
            QCOMPARE(shown.row("machineIterations")->isVisible(), program.iterations.has_value());
            QVERIFY(!programs->itemData(programs->currentIndex(), Qt::ToolTipRole).toString().isEmpty());
            titles.insert(programs->currentText());
        }
        QCOMPARE(titles.size(), builtInCount);
    }

    void threadsKeepToWhatTheProgramIsFor()
    {
        const Shown shown;
        shown.pick(BuiltIn::Peterson);
        QVERIFY(!shown.row("machineThreads")->isEnabled());
        QCOMPARE(shown.settings().threads, 2U);
        shown.pick(BuiltIn::DiningPhilosophers);
        QVERIFY(shown.row("machineThreads")->isEnabled());
        shown.row("machineThreads")->setValue(1);
        QCOMPARE(shown.settings().threads, builtInProgram(BuiltIn::DiningPhilosophers).fewestThreads);
        shown.pick(BuiltIn::UnlockedCounter);
        shown.row("machineThreads")->setValue(100);
        QCOMPARE(shown.settings().threads, 100U);
    }

    void everySliderReachesBothEnds()
    {
        const Shown shown;
        shown.pick(Policy::Pct);
        for (const char* name : rows) {
            ParameterRow* const row = shown.row(name);
            FlatSlider* const slider = row->slider();
            slider->setValue(slider->minimum());
            QCOMPARE(row->value(), row->spinBox()->minimum());
            QVERIFY2(shown.panel.canRun(), name);
            slider->setValue(slider->maximum());
            QCOMPARE(row->value(), row->spinBox()->maximum());
            QVERIFY2(shown.panel.canRun(), name);
            QVERIFY(!slider->accessibleName().isEmpty());
        }
        const MachineSettings s = shown.settings();
        QCOMPARE(s.threads, 100U);
        QCOMPARE(s.cores, 8U);
        QCOMPARE(s.quantum, std::uint64_t{1'000'000});
        QCOMPARE(s.switchCost, std::uint64_t{10'000});
        QCOMPARE(s.pctDepth, MachineSettings::mostPctDepth);
    }

    void iterationsAreAStartRegister()
    {
        const Shown shown;
        auto* const registers = shown.find<QLineEdit>("startRegisters");
        registers->setText(QStringLiteral("bx=7:cx=-1"));
        QCOMPARE(shown.row("machineIterations")->value(), 7);
        shown.row("machineIterations")->setValue(250);
        QCOMPARE(registers->text(), QStringLiteral("bx=250:cx=-1"));
        const MachineSettings s = shown.settings();
        QCOMPARE(s.registers.size(), std::size_t{1});
        QCOMPARE(valueIn(s.registers, Register::Bx), std::optional(Integer(250)));
        // One set for each of the threads: all of them go round as often.
        shown.row("machineThreads")->setValue(2);
        registers->setText(QStringLiteral("bx=1,bx=2"));
        shown.row("machineIterations")->setValue(9);
        QCOMPARE(registers->text(), QStringLiteral("bx=9,bx=9"));
    }

    void wrongRegistersSayOneSentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("no register") << QStringLiteral("qx=3") << QStringLiteral("qx=3");
        QTest::newRow("no value") << QStringLiteral("bx=") << QStringLiteral("bx=");
        QTest::newRow("no number") << QStringLiteral("bx=three") << QStringLiteral("bx=three");
        QTest::newRow("no pair") << QStringLiteral("bx") << QStringLiteral("bx");
        QTest::newRow("empty set") << QStringLiteral("bx=1,,bx=2") << QStringLiteral("bx=3");
        QTest::newRow("too many sets") << QStringLiteral("bx=1,bx=2,bx=3") << QStringLiteral("3");
    }
    void wrongRegistersSayOneSentence()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const Shown shown;
        auto* const registers = shown.find<QLineEdit>("startRegisters");
        auto* const notice = shown.find<QLabel>("machineNotice");
        QSignalSpy can(&shown.panel, &MachinePanel::canRunChanged);
        registers->setText(text);
        QVERIFY(!shown.panel.canRun());
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->text().contains(named), qPrintable(notice->text()));
        QCOMPARE(can.count(), 1);
        registers->setText(QStringLiteral("bx=2"));
        QVERIFY(shown.panel.canRun());
        QVERIFY(!notice->isVisible());
    }

    void schedulersShowWhatTheyLookAt()
    {
        const Shown shown;
        const auto seen = [&shown](const char* name) { return shown.find<QWidget>(name)->isVisible(); };
        std::set<QString> explanations;
        for (const Policy policy : policies) {
            shown.pick(policy);
            QCOMPARE(shown.settings().policy, policy);
            explanations.insert(shown.find<QLabel>("schedulerExplanation")->text());
            QCOMPARE(seen("machineDepth"), policy == Policy::Pct);
            QCOMPARE(seen("machineSchedule"), policy == Policy::Replay);
            QCOMPARE(seen("machineSeed"),
                     policy == Policy::Random || policy == Policy::Pct || policy == Policy::RandomInterval);
            QCOMPARE(shown.find<QComboBox>("machineScheduler")->currentText().toStdString(),
                     std::string(nameOf(policy)));
        }
        QCOMPARE(explanations.size(), policies.size());
    }

    void replayWantsASchedule()
    {
        const Shown shown;
        shown.pick(Policy::Replay);
        QVERIFY(!shown.panel.canRun());
        auto* const schedule = shown.find<QLineEdit>("machineSchedule");
        schedule->setText(QStringLiteral("0:3,1:12,0:1"));
        QVERIFY(shown.panel.canRun());
        QCOMPARE(shown.settings().schedule, (Schedule{{0, 3}, {1, 12}, {0, 1}}));
        for (const char* wrong : {"0:3,", "7:1", "0", "0:x", ""}) {
            schedule->setText(QLatin1String(wrong));
            QVERIFY2(!shown.panel.canRun(), wrong);
        }
        // Nobody reads it, so it does not count.
        shown.pick(Policy::RoundRobin);
        QVERIFY(shown.panel.canRun());
    }

    void diceDrawsAnotherSeed()
    {
        const Shown shown;
        shown.pick(Policy::Random);
        auto* const dice = shown.find<QAbstractButton>("seedDice");
        std::uint64_t before = shown.settings().seed;
        for (int i = 0; i < 5; ++i) {
            QSignalSpy changed(&shown.parameters(), &MachineParameters::changed);
            QTest::mouseClick(dice, Qt::LeftButton);
            QVERIFY(changed.count() > 0);
            QVERIFY(shown.settings().seed != before);
            before = shown.settings().seed;
        }
    }

    void whatIsSetIsWhatIsRead()
    {
        const Shown shown;
        MachineChoice choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::TicketLock));
        choice.settings.threads = 17;
        choice.settings.cores = 3;
        choice.settings.policy = Policy::RandomInterval;
        choice.settings.quantum = 123;
        choice.settings.seed = 4711;
        choice.settings.switchCost = 77;
        choice.settings.maxSteps = 654'321;
        choice.settings.pctDepth = 9;
        choice.settings.counter = "turn";
        choice.registers = QStringLiteral("bx=12");
        shown.parameters().setChoice(choice);
        const MachineChoice read = shown.parameters().choice();
        QCOMPARE(read.program, choice.program);
        QCOMPARE(read.registers, choice.registers);
        QCOMPARE(read.settings.threads, 17U);
        QCOMPARE(read.settings.cores, 3U);
        QCOMPARE(read.settings.policy, Policy::RandomInterval);
        QCOMPARE(read.settings.quantum, std::uint64_t{123});
        QCOMPARE(read.settings.seed, std::uint64_t{4711});
        QCOMPARE(read.settings.switchCost, std::uint64_t{77});
        QCOMPARE(read.settings.maxSteps, std::uint64_t{654'321});
        QCOMPARE(read.settings.pctDepth, 9U);
        QCOMPARE(read.settings.counter, std::string("turn"));
    }

    void longSchedulesAreKeptButNotWritten()
    {
        const Shown shown;
        MachineChoice choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter));
        choice.settings.policy = Policy::Replay;
        for (std::uint32_t i = 0; i < 5000; ++i)
            choice.settings.schedule.push_back({i % 2, i + 1});
        shown.parameters().setChoice(choice);
        QVERIFY(shown.find<QLineEdit>("machineSchedule")->text().isEmpty());
        QCOMPARE(shown.settings().schedule, choice.settings.schedule);
        QVERIFY(shown.panel.canRun());
        shown.find<QLineEdit>("machineSchedule")->setText(QStringLiteral("1:2"));
        QCOMPARE(shown.settings().schedule, (Schedule{{1, 2}}));
    }

    void ownProgramComesAndGoes()
    {
        const Shown shown;
        auto* const programs = shown.find<QComboBox>("machineProgram");
        shown.parameters().setProgram(nullptr, QStringLiteral("race.s"), {});
        QCOMPARE(programs->count(), static_cast<int>(builtInCount) + 1);
        QVERIFY(programs->currentText().contains(QStringLiteral("race.s")));
        QVERIFY(!shown.parameters().choice().program);
        QVERIFY(shown.panel.canRun());
        shown.parameters().setProgram(nullptr, QStringLiteral("race.s"), QStringLiteral("Line 3 is wrong."));
        QVERIFY(!shown.panel.canRun());
        QCOMPARE(shown.find<QLabel>("machineNotice")->text(), QStringLiteral("Line 3 is wrong."));
        shown.parameters().setProgram(&builtInProgram(BuiltIn::Peterson), {}, {});
        QCOMPARE(programs->count(), static_cast<int>(builtInCount));
        QCOMPARE(shown.settings().threads, 2U);
        QVERIFY(shown.panel.canRun());
    }

    void countersOfTheLastRunAreOffered()
    {
        const Shown shown;
        auto* const counters = shown.find<QComboBox>("machineCounter");
        const CounterCell found[] = {{100, "g_num"}, {104, "turns"}};
        QSignalSpy changed(&shown.parameters(), &MachineParameters::changed);
        shown.parameters().setCounters(found);
        QCOMPARE(counters->count(), 3);
        QCOMPARE(changed.count(), 0);
        counters->setCurrentIndex(2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(shown.settings().counter, std::string("turns"));
        shown.parameters().setCounters(std::span(found).first(1)); // the next run found fewer: the choice stays
        QCOMPARE(shown.settings().counter, std::string("turns"));
    }

    void wheelPassesOverLists()
    {
        const Shown shown;
        auto* const programs = shown.find<QComboBox>("machineProgram");
        programs->clearFocus();
        const QPointF middle = QRectF(programs->rect()).center();
        QWheelEvent wheel(middle, programs->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        const int before = programs->currentIndex();
        QCoreApplication::sendEvent(programs, &wheel);
        QCOMPARE(programs->currentIndex(), before);
    }

    void everyControlHasANameAndIsReachedByTab()
    {
        const Shown shown;
        for (const Policy policy : policies) {
            shown.pick(policy);
            int reached = 0;
            for (const QWidget* control : shown.parameters().findChildren<QWidget*>()) {
                const bool takesInput = qobject_cast<const QComboBox*>(control)
                                     || qobject_cast<const QSpinBox*>(control)
                                     || qobject_cast<const FlatSlider*>(control)
                                     || qobject_cast<const QAbstractButton*>(control)
                                     || (qobject_cast<const QLineEdit*>(control)
                                         && !qobject_cast<const QSpinBox*>(control->parentWidget()));
                if (!takesInput || !control->isVisible())
                    continue;
                ++reached;
                QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(control->objectName()));
                QVERIFY2(!control->accessibleDescription().isEmpty(), qPrintable(control->accessibleName()));
                QVERIFY2((control->focusPolicy() & Qt::TabFocus) != 0, qPrintable(control->accessibleName()));
            }
            QVERIFY(reached >= 10);
        }
    }

    void switchIsOneOfTwo()
    {
        SourceSwitch sources;
        sources.show();
        QVERIFY(QTest::qWaitForWindowActive(&sources));
        QSignalSpy changed(&sources, &SourceSwitch::sourceChanged);
        QCOMPARE(sources.source(), Source::Hardware);
        auto* const machine = sources.findChild<QAbstractButton*>(QStringLiteral("source-machine"));
        QTest::mouseClick(machine, Qt::LeftButton);
        QCOMPARE(sources.source(), Source::Machine);
        QCOMPARE(changed.count(), 1);
        QTest::mouseClick(machine, Qt::LeftButton);
        QCOMPARE(changed.count(), 1);
        sources.setSource(Source::Hardware);
        QCOMPARE(changed.count(), 2);
        // By keys: Tab reaches the one that is down, an arrow moves on to the other.
        auto* const hardware = sources.findChild<QAbstractButton*>(QStringLiteral("source-hardware"));
        hardware->setFocus(Qt::TabFocusReason);
        QTest::keyClick(hardware, Qt::Key_Right);
        QCOMPARE(sources.source(), Source::Machine);
    }

    void whatMattersIsInSightAtTheSmallestWindow()
    {
        for (const BuiltInProgram& program : builtInPrograms()) {
            MachinePanel panel;
            inTheSmallestColumn(panel);
            panel.parameters().setProgram(&program, {}, {});
            panel.result().setResult(*runOf(program), QString::fromLatin1(program.name.data()));
            panel.show();
            QVERIFY(QTest::qWaitForWindowExposed(&panel));
            QCoreApplication::processEvents();
            const QString name = QString::fromStdString(std::string(program.name));
            for (const char* control : {"machineProgram", "machineThreads", "machineScheduler", "runButton"})
                QVERIFY2(isInSight(panel, control), qPrintable(name + u' ' + QLatin1String(control)));
            if (program.iterations)
                QVERIFY2(isInSight(panel, "machineIterations"), qPrintable(name));
            QCOMPARE(panel.size(), QSize(264, 430));
        }
    }

    void nothingThatIsHiddenGoesUnsaid()
    {
        const Shown shown;
        auto* const fold = shown.find<Fold>("moreParameters");
        fold->setUnfolded(false);
        const auto* const says = fold->unusualText();
        QVERIFY(!says->isVisible());
        MachineChoice choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter));
        choice.settings.cores = 4;
        choice.settings.switchCost = 0;
        choice.settings.maxSteps = 1'000;
        choice.registers = QStringLiteral("bx=10:cx=2");
        shown.parameters().setChoice(choice);
        QVERIFY(says->isVisible());
        for (const char* part : {"Cores 4", "Switch cost 0", "1,000", "cx=2"})
            QVERIFY2(says->text().contains(QLatin1String(part)), qPrintable(says->text()));
        // The rounds are in sight as iterations.
        choice = MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter));
        choice.registers = QStringLiteral("bx=11");
        shown.parameters().setChoice(choice);
        QVERIFY2(!says->isVisible(), qPrintable(says->text()));
        QVERIFY(!shown.parameters().isAtDefaults());
        choice.registers = QStringLiteral("bx=11,bx=12"); // but these are not
        shown.parameters().setChoice(choice);
        QVERIFY(says->isVisible());
    }

    // Whatever is hidden because the scheduler does not look at it neither stops a run nor tells it from another.
    void whatASchedulerDoesNotLookAtDoesNotCount()
    {
        const Shown shown;
        for (const Policy policy : policies) {
            MachineChoice one = MachineChoice::beginningWith(builtInProgram(BuiltIn::UnlockedCounter));
            one.settings.policy = policy;
            one.settings.schedule = {{0, 3}, {1, 4}};
            MachineChoice other = one;
            other.settings.seed = 99;
            other.settings.pctDepth = 7;
            other.settings.quantum = 123;
            other.settings.schedule = {{1, 1}};
            shown.parameters().setChoice(other);
            shown.parameters().setShown(one);
            const bool seen = shown.row("machineDepth")->isVisible() || shown.row("machineQuantum")->isVisible()
                           || shown.find<QWidget>("machineSeed")->isVisible()
                           || shown.find<QWidget>("machineSchedule")->isVisible();
            QCOMPARE(shown.parameters().differsFromShown(), seen);
        }
        shown.pick(Policy::Replay);
        shown.find<QLineEdit>("machineSchedule")->setText(QStringLiteral("7:1"));
        QVERIFY(!shown.panel.canRun());
        for (const Policy policy : policies)
            if (policy != Policy::Replay) {
                shown.pick(policy);
                QVERIFY2(shown.panel.canRun(), qPrintable(shown.parameters().problem()));
                QVERIFY(shown.settings().schedule.empty());
            }
    }

    void whatDiffersFromTheRunShownIsMarked()
    {
        const Shown shown;
        QVERIFY(shown.panel.differsFromShown());
        shown.parameters().setShown(shown.parameters().choice());
        QVERIFY(!shown.panel.differsFromShown());
        QCOMPARE(shown.find<QLabel>("runHint")->text(), QStringLiteral("Enter"));
        QSignalSpy differs(&shown.panel, &MachinePanel::differsChanged);
        for (const char* name : {"machineThreads", "machineIterations", "machineCores", "machineQuantum",
                                 "machineSwitchCost", "machineSteps"}) {
            ParameterRow* const row = shown.row(name);
            const int before = row->value();
            row->setValue(before + 1);
            QVERIFY2(shown.panel.differsFromShown(), name);
            // It has its time to be run by itself first.
            QTRY_VERIFY2(row->label().isMarked(), name);
            QVERIFY(row->spinBox()->accessibleDescription().contains(QStringLiteral("the run shown has ")));
            QTRY_VERIFY(shown.find<QLabel>("runHint")->text().contains(QStringLiteral("Not run yet")));
            row->setValue(before);
            QVERIFY(!shown.panel.differsFromShown());
            QVERIFY(!row->label().isMarked());
            QCOMPARE(shown.find<QLabel>("runHint")->text(), QStringLiteral("Enter"));
        }
        QCOMPARE(differs.count(), 12);
        shown.pick(Policy::Random);
        QTRY_VERIFY(shown.find<QComboBox>("machineScheduler")
                        ->accessibleDescription()
                        .contains(QStringLiteral("the run shown has round-robin")));
        shown.pick(BuiltIn::Peterson);
        QTRY_VERIFY(shown.find<QComboBox>("machineProgram")
                        ->accessibleDescription()
                        .contains(QStringLiteral("the run shown has Counter without a lock")));
        shown.parameters().setShown(shown.parameters().choice());
        QVERIFY(!shown.panel.differsFromShown());
    }

    void defaultsBringBackHowTheProgramBegins()
    {
        const Shown shown;
        auto* const button = shown.find<QAbstractButton>("defaultsButton");
        for (const BuiltInProgram& program : builtInPrograms()) {
            shown.pick(program.id);
            shown.pick(Policy::Random);
            shown.row("machineQuantum")->setValue(50);
            shown.row("machineCores")->setValue(3);
            shown.find<QLineEdit>("startRegisters")->setText(QStringLiteral("cx=5"));
            QVERIFY(button->isEnabled());
            QSignalSpy changed(&shown.parameters(), &MachineParameters::changed);
            QTest::mouseClick(button, Qt::LeftButton);
            QCOMPARE(changed.count(), 1);
            const MachineChoice good = MachineChoice::beginningWith(program);
            const MachineChoice now = shown.parameters().choice();
            QCOMPARE(now.program, &program);
            QCOMPARE(now.registers, good.registers);
            QVERIFY(differencesBetween(now, good).none());
            QVERIFY(!button->isEnabled());
            QVERIFY(!button->toolTip().isEmpty());
        }
    }

    void whatIsGreySaysWhy()
    {
        const Shown shown;
        shown.pick(BuiltIn::Peterson);
        const ParameterRow* const threads = shown.row("machineThreads");
        QVERIFY(threads->spinBox()->toolTip().contains(QStringLiteral("written for 2 threads")));
        QCOMPARE(threads->slider()->accessibleDescription(), threads->spinBox()->toolTip());
        shown.pick(Policy::Manual);
        const ParameterRow* const cores = shown.row("machineCores");
        QVERIFY(!cores->isEnabled());
        QVERIFY(cores->spinBox()->toolTip().contains(QStringLiteral("manual mode has no more")));
        shown.pick(Policy::RoundRobin);
        QVERIFY(cores->isEnabled() && cores->spinBox()->isEnabled());
        QVERIFY(!cores->spinBox()->toolTip().contains(QStringLiteral("manual")));
    }

    void theMouseTakesTheKeysFromNobody()
    {
        const Shown shown;
        shown.pick(Policy::Random);
        clickingLeavesTheFocus(shown.panel);
        SourceSwitch sources;
        clickingLeavesTheFocus(sources);
    }

    void figuresCanBeHeard()
    {
        const Shown shown;
        const BuiltInProgram& program = builtInProgram(BuiltIn::UnlockedCounter);
        shown.panel.result().setResult(*runOf(program), QStringLiteral("unlocked-counter"));
        QCOMPARE(heard(shown.panel, "machineExpected"), QStringLiteral("20"));
        for (const char* name : {"machineFinal", "machineLost", "machineInstructions", "machineTicks"}) {
            bool isNumber = false;
            QLocale().toInt(heard(shown.panel, name), &isNumber);
            QVERIFY2(isNumber, name);
        }
        QVERIFY(heard(shown.panel, "machineSwitches").contains(QStringLiteral("involuntary")));
        QVERIFY(heard(shown.panel, "runShown").startsWith(QStringLiteral("unlocked-counter · 2 threads on 1 core")));
        everyLabelSaysItsText(shown.panel);
    }

    void programsWithoutACounterShowNoFiguresOfOne()
    {
        const Shown shown;
        shown.panel.result().setResult(*runOfText("    mov $1, %ax\n    halt\n"));
        QVERIFY(shown.find<QLabel>("noCounter")->isVisible());
        QCOMPARE(heard(shown.panel, "noCounter"), QStringLiteral("no counter"));
        for (const char* name : {"machineExpected", "machineFinal", "machineLost"})
            QVERIFY2(!shown.find<QLabel>(name)->isVisible(), name);
        shown.panel.result().setResult(*runOf(builtInProgram(BuiltIn::UnlockedCounter)));
        QVERIFY(!shown.find<QLabel>("noCounter")->isVisible());
        QVERIFY(shown.find<QLabel>("machineLost")->isVisible());
    }

    void figuresAreNeverCutOff_data()
    {
        QTest::addColumn<QString>("digits");
        QTest::addColumn<QString>("text");
        QTest::newRow("one") << QStringLiteral("7") << QStringLiteral("7");
        QTest::newRow("64 bits") << QStringLiteral("-9223372036854775808") << QString();
        QTest::newRow("65 bits") << QStringLiteral("36893488147419103232") << QString();
        QTest::newRow("a googol") << u'1' + QString(100, u'0') << QStringLiteral("≈ 1.00000 × 10¹⁰⁰");
        QTest::newRow("nearly") << QString(60, u'9') << QStringLiteral("≈ 1.00000 × 10⁶⁰");
        QTest::newRow("a negative one") << u'-' + QString(50, u'2') << QStringLiteral("≈ -2.22222 × 10⁴⁹");
    }
    void figuresAreNeverCutOff()
    {
        QFETCH(QString, digits);
        QFETCH(QString, text);
        QWidget window;
        QFont font = window.font();
        font.setPixelSize(normalTextPixels);
        window.setFont(font);
        FigureLabel figure(QStringLiteral("final"), &window);
        figure.setLook(Qt::black, 17, true);
        for (const int width : {400, 220, 150, 110}) {
            figure.resize(width, figure.sizeHint().height());
            figure.setFigure(*Integer::parsed(digits.toStdString()));
            QVERIFY2(figure.fontMetrics().horizontalAdvance(figure.text()) <= width, qPrintable(figure.text()));
            QVERIFY(figure.font().pixelSize() >= 11);
            if (!text.isEmpty())
                QCOMPARE(figure.text(), text);
            QString all = figure.text() + figure.toolTip();
            all.remove(u'\n').remove(u',');
            QVERIFY2(all.contains(digits), qPrintable(all)); // they are there, on it or at hand
            QString said = figure.text() + figure.accessibleDescription();
            said.remove(u'\n').remove(u',');
            QVERIFY(said.contains(digits));
        }
    }

    void saysHowLongALongRunTakes()
    {
        const Shown shown;
        auto* const notice = shown.find<QLabel>("machineNotice");
        QVERIFY(!notice->isVisible());
        shown.row("machineThreads")->setValue(100);
        shown.row("machineIterations")->setValue(1'000'000);
        shown.row("machineSteps")->setValue(MachineParameters::mostSteps);
        QVERIFY2(notice->text().contains(QStringLiteral("100 threads go round 1,000,000 times each")),
                 qPrintable(notice->text()));
        QVERIFY(shown.panel.canRun());
        shown.row("machineIterations")->setValue(10);
        QVERIFY(!notice->isVisible());
    }
};

QTEST_MAIN(MachineParametersTest)
#include "machine_parameters_test.moc"
