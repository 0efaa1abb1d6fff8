// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/source_switch.h"
#include "parameters/start_registers_text.h"

#include "controls/flat_slider.h"
#include "parameters/parameter_row.h"
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
        panel.resize(260, 900);
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
};

QTEST_MAIN(MachineParametersTest)
#include "machine_parameters_test.moc"
