// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual/manual_panel.h"

#include "manual/goal_card.h"
#include "manual/pick_button.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"
#include "unexpected_warnings.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace interleave;

namespace {

std::shared_ptr<const Program> assembled(std::string_view source)
{
    AssemblyOptions options;
    options.extensions = true;
    auto program = assemble(source, options);
    return program ? std::make_shared<const Program>(std::move(*program)) : nullptr;
}

struct Shown {
    explicit Shown(std::string_view source, std::optional<BuiltIn> builtIn = std::nullopt, ThreadIndex threads = 2)
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&panel);
        layout->addWidget(&stage);
        stage.setFocusPolicy(Qt::StrongFocus);
        window.resize(420, 640);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        stage.setFocus();
        MachineSettings settings;
        settings.threads = threads;
        settings.registers = {{{Register::Bx, Integer(1)}}};
        panel.setProgram(assembled(source), builtIn, settings);
    }
    ~Shown()
    {
        panel.setParent(nullptr);
        stage.setParent(nullptr);
    }

    template <typename T>
    T* find(const char* name)
    {
        return panel.findChild<T*>(QLatin1String(name));
    }
    PickButton* button(ThreadIndex thread)
    {
        return panel.findChild<PickButton*>(QStringLiteral("pick%1").arg(thread));
    }
    QString schedule() { return find<QLineEdit>("scheduleText")->text(); }
    void choose(int goal)
    {
        auto* combo = find<QComboBox>("goalChoice");
        combo->setCurrentIndex(goal);
        emit combo->activated(goal);
    }

    Playback playback{nullptr, [] { return std::chrono::nanoseconds{0}; }};
    Selection selection;
    QWidget window;
    QWidget stage;
    ManualPanel panel{playback, selection};
};

constexpr std::string_view counter = ".var g\n    mov g, %ax\n    add $1, %ax\n    mov %ax, g\n    halt\n";
constexpr std::string_view locking = ".var m\n    lock m\n    sleep 9\n    unlock m\n    halt\n";

} // namespace

class ManualPanelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void beginsWhenItIsShown()
    {
        Playback playback;
        Selection selection;
        ManualPanel panel(playback, selection);
        QSignalSpy made(&panel, &ManualPanel::historyMade);
        MachineSettings settings;
        settings.cores = 4; // it has one, whatever is set
        panel.setProgram(assembled(counter), std::nullopt, settings);
        QCOMPARE(made.count(), 0);
        QVERIFY(!playback.history());
        panel.show();
        QCOMPARE(made.count(), 1);
        QVERIFY(playback.history());
        QCOMPARE(playback.step(), playback.steps());
        QCOMPARE(panel.run()->settings().cores, 1U);
        bool saysSo = false;
        for (const QLabel* label : panel.findChildren<QLabel*>())
            saysSo = saysSo || label->text().contains(QStringLiteral("one core"));
        QVERIFY(saysSo);
    }

    void aClickExecutesOneInstruction()
    {
        Shown s(counter);
        QCOMPARE(s.button(0)->line(), QStringLiteral("mov g, %ax"));
        QSignalSpy made(&s.panel, &ManualPanel::historyMade);
        QSignalSpy steps(&s.playback, &Playback::stepChanged);
        QTest::mouseClick(s.button(0), Qt::LeftButton);
        QCOMPARE(made.count(), 1);
        QCOMPARE(s.button(0)->line(), QStringLiteral("add $1, %ax"));
        QCOMPARE(s.button(1)->line(), QStringLiteral("mov g, %ax"));
        QCOMPARE(s.schedule(), QStringLiteral("0:1"));
        QCOMPARE(s.playback.history().get(), s.panel.run()->history().get());
        QCOMPARE(s.playback.step(), s.playback.steps());
        QCOMPARE(steps.last().at(1).toBool(), true); // so that the stage moves
        for (int i = 0; i < 3; ++i)
            QTest::mouseClick(s.button(0), Qt::LeftButton);
        QVERIFY(!s.button(0)->isEnabled());
        QCOMPARE(s.button(0)->line(), QStringLiteral("finished"));
        QVERIFY(s.button(1)->isEnabled());
    }

    void keysPickAndTakeBack()
    {
        Shown s(counter);
        QTest::keyClick(&s.stage, Qt::Key_B);
        QTest::keyClick(&s.stage, Qt::Key_1);
        QTest::keyClick(&s.stage, Qt::Key_2);
        QCOMPARE(s.schedule(), QStringLiteral("1:1,0:1,1:1"));
        QTest::keyClick(&s.stage, Qt::Key_C); // there is none
        QTest::keyClick(&s.stage, Qt::Key_9);
        QCOMPARE(s.schedule(), QStringLiteral("1:1,0:1,1:1"));
        QTest::keyClick(&s.stage, Qt::Key_Backspace);
        QTest::keyClick(&s.stage, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(s.schedule(), QStringLiteral("1:1"));
        QCOMPARE(s.playback.step(), s.playback.steps());
        QTest::keyClick(&s.stage, Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(s.schedule(), QStringLiteral("1:1,0:1"));
        // Where text is entered, letters are letters.
        auto* line = s.find<QLineEdit>("scheduleText");
        line->setFocus();
        QTest::keyClick(line, Qt::Key_A);
        QVERIFY(line->text().endsWith(QLatin1Char('a')));
        QCOMPARE(s.panel.run()->picks(), 2ULL);
        s.stage.setFocus();
        s.panel.hide();
        QTest::keyClick(&s.stage, Qt::Key_A);
        QCOMPARE(s.panel.run()->picks(), 2ULL);
    }

    void undoEqualsNotHavingPicked()
    {
        Shown s(counter);
        QTest::mouseClick(s.button(1), Qt::LeftButton);
        const QString line = s.button(1)->line();
        const Step steps = s.playback.steps();
        for (int i = 0; i < 3; ++i)
            QTest::mouseClick(s.button(0), Qt::LeftButton);
        for (int i = 0; i < 3; ++i)
            QTest::mouseClick(s.find<QPushButton>("undoPick"), Qt::LeftButton);
        QCOMPARE(s.button(1)->line(), line);
        QCOMPARE(s.playback.steps(), steps);
        QCOMPARE(s.playback.step(), steps);
        QCOMPARE(s.schedule(), QStringLiteral("1:1"));
        QTest::mouseClick(s.find<QPushButton>("restartPicks"), Qt::LeftButton);
        QCOMPARE(s.schedule(), QString());
        QVERIFY(!s.find<QPushButton>("undoPick")->isEnabled());
        QVERIFY(s.find<QPushButton>("redoPick")->isEnabled());
        QTest::mouseClick(s.find<QPushButton>("redoPick"), Qt::LeftButton);
        QCOMPARE(s.schedule(), QStringLiteral("1:1"));
    }

    void saysWhyAThreadCannotBePicked()
    {
        Shown s(locking);
        QTest::mouseClick(s.button(0), Qt::LeftButton);
        QTest::mouseClick(s.button(1), Qt::LeftButton);
        QVERIFY(!s.button(1)->isEnabled());
        QCOMPARE(s.button(1)->line(), QStringLiteral("waits for the lock m, held by A"));
        QVERIFY(s.button(1)->accessibleDescription().contains(QStringLiteral("held by A")));
        QTest::keyClick(&s.stage, Qt::Key_B);
        QCOMPARE(s.schedule(), QStringLiteral("0:1,1:1"));
    }

    void tellsSleepersUntilWhen()
    {
        Shown s("    sleep 9\n    nop\n    halt\n");
        QTest::mouseClick(s.button(0), Qt::LeftButton);
        QVERIFY(!s.button(0)->isEnabled());
        QVERIFY2(s.button(0)->line().startsWith(QStringLiteral("sleeps until tick ")), qPrintable(s.button(0)->line()));
    }

    void takesAndCopiesASchedule()
    {
        Shown s(counter);
        auto* line = s.find<QLineEdit>("scheduleText");
        line->setFocus();
        line->setText(QStringLiteral(" 0:2, 1:4 ,0:9"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(s.schedule(), QStringLiteral("0:2,1:4,0:2"));
        QVERIFY(s.panel.run()->isOver());
        QTest::mouseClick(s.find<QPushButton>("copySchedule"), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("0:2,1:4,0:2"));
        auto* problem = s.find<QLabel>("manualProblem");
        QVERIFY(problem->isHidden());
        for (const char* text : {"two of A", "5:1", "0:9,0:9,1:1"}) {
            line->setText(QLatin1String(text));
            QTest::keyClick(line, Qt::Key_Return);
            if (QLatin1String(text) == QLatin1String("0:9,0:9,1:1"))
                QVERIFY(problem->text().contains(QStringLiteral("impossible")));
            QVERIFY2(!problem->isHidden() && !problem->text().isEmpty(), text);
            QCOMPARE(s.panel.run()->picks(), 8ULL); // nothing has changed
        }
        line->setText({});
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(s.panel.run()->picks(), 0ULL);
        QVERIFY(problem->isHidden());
    }

    void followsAGoal()
    {
        const BuiltInProgram& program = builtInProgram(BuiltIn::UnlockedCounter);
        Shown s(program.assembly, program.id);
        auto* card = s.panel.findChild<GoalCard*>();
        QVERIFY(card->isHidden());
        const auto goals = goalsOf(program.id);
        QCOMPARE(s.find<QComboBox>("goalChoice")->count(), static_cast<int>(goals.size()) + 1);
        const auto lose = std::ranges::find(goals, Goal::Kind::LosesUpdates, &Goal::kind);
        QTest::mouseClick(s.button(0), Qt::LeftButton);
        s.choose(static_cast<int>(lose - goals.begin()) + 1);
        QVERIFY(!card->isHidden());
        QCOMPARE(s.panel.run()->picks(), 0ULL); // a goal begins anew
        QCOMPARE(s.panel.goalState(), GoalState::NotYet);
        QVERIFY(card->text().startsWith(QStringLiteral("Open")));
        auto* line = s.find<QLineEdit>("scheduleText");
        // B's first update lies between A's first load and store.
        line->setText(QStringLiteral("0:1,1:6,0:12,1:7"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(s.panel.goalState(), GoalState::Solved);
        QVERIFY2(card->text().startsWith(QStringLiteral("Solved with 26 picks")), qPrintable(card->text()));
        line->setText(QStringLiteral("0:13,1:13"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(s.panel.goalState(), GoalState::Failed);
        QVERIFY(card->text().startsWith(QStringLiteral("Missed")));
        s.panel.undo();
        QCOMPARE(s.panel.goalState(), GoalState::NotYet);
    }

    void everyGoalIsDescribed()
    {
        QSet<QString> titles;
        for (const Goal& goal : goals()) {
            QVERIFY(!titleOf(goal).isEmpty());
            const QString sentence = sentenceOf(goal);
            QVERIFY2(sentence.endsWith(QLatin1Char('.')) && !sentence.contains(QLatin1Char('%')), qPrintable(sentence));
            titles << sentence;
        }
        QCOMPARE(titles.size(), static_cast<qsizetype>(goals().size()));
    }

    void goalsAreOfTheProgramOnly()
    {
        Shown s(counter);
        QVERIFY(s.find<QComboBox>("goalChoice")->isHidden() || !s.find<QComboBox>("goalChoice")->isVisible());
        s.panel.setProgram(assembled(builtInProgram(BuiltIn::DeadlockByOrder).assembly), BuiltIn::DeadlockByOrder, {});
        QVERIFY(s.find<QComboBox>("goalChoice")->isVisible());
    }

    void digitsPickWhileTheGoalHasTheFocus()
    {
        Shown s(builtInProgram(BuiltIn::BrokenFlagLock).assembly, BuiltIn::BrokenFlagLock);
        auto* const goals = s.find<QComboBox>("goalChoice");
        goals->setFocus();
        QTRY_VERIFY(goals->hasFocus());
        QTest::keyClick(goals, Qt::Key_2);
        QTest::keyClick(goals, Qt::Key_1);
        QCOMPARE(s.schedule(), QStringLiteral("1:1,0:1"));
        QTest::keyClick(goals, Qt::Key_Backspace);
        QCOMPARE(s.schedule(), QStringLiteral("1:1"));
        QTest::keyClick(goals, Qt::Key_B); // looks for an entry
        QCOMPARE(goals->currentIndex(), 1);
        QCOMPARE(s.schedule(), QString()); // another goal begins anew
    }

    void settingsThatCannotRunAreRefused()
    {
        Shown s(counter);
        MachineSettings settings;
        settings.threads = 1000;
        s.panel.setProgram(assembled(counter), std::nullopt, settings);
        QVERIFY(!s.panel.run());
        QVERIFY(!s.find<QLabel>("manualProblem")->isHidden());
        QVERIFY(!s.button(0) || !s.panel.isAncestorOf(s.button(0)) || s.panel.run() == nullptr);
        s.panel.pick(0);
        s.panel.undo();
    }

    void whatIsGreySaysWhy()
    {
        Shown s(counter);
        const auto check = [&](const char* name, bool enabled, const QString& words) {
            auto* control = s.find<QWidget>(name);
            QVERIFY(control);
            QCOMPARE(control->isEnabled(), enabled);
            QVERIFY2(control->toolTip().contains(words), qPrintable(control->toolTip()));
            QCOMPARE(control->accessibleDescription(), control->toolTip());
        };
        const QString nothing = QStringLiteral("No thread has been picked yet");
        for (const char* name : {"undoPick", "restartPicks", "copySchedule"})
            check(name, false, nothing);
        check("redoPick", false, QStringLiteral("No pick has been taken back"));
        QTest::keyClick(&s.stage, Qt::Key_1);
        check("undoPick", true, QStringLiteral("Backspace"));
        check("restartPicks", true, QStringLiteral("all picks"));
        check("copySchedule", true, QStringLiteral("Copies"));
        QTest::keyClick(&s.stage, Qt::Key_Backspace);
        check("undoPick", false, nothing);
        check("redoPick", true, QStringLiteral("Ctrl+Y"));
        s.panel.setProgram(nullptr, std::nullopt, {});
        for (const char* name : {"undoPick", "redoPick", "restartPicks", "copySchedule", "scheduleText"})
            check(name, false, QStringLiteral("no program"));
    }

    void nothingIsElidedWhereItIsNarrow()
    {
        Shown s(locking, BuiltIn::DeadlockByOrder, 4);
        QTest::keyClick(&s.stage, Qt::Key_1); // A holds the lock
        QTest::keyClick(&s.stage, Qt::Key_2); // B waits for it
        for (const int width : {170, 200, 240, 300, 420, 640, 1000}) {
            s.window.resize(width, 640);
            QCoreApplication::processEvents();
            for (const PickButton* button : s.panel.findChildren<PickButton*>()) {
                const QRectF box = button->lineBox();
                const QFontMetricsF metrics(button->lineFont());
                const QRectF needed = metrics.boundingRect(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                                                           button->line());
                QVERIFY(button->lineFont().pixelSize() >= 11);
                QVERIFY2(needed.width() <= box.width() + 1 && needed.height() <= box.height() + 1,
                         qPrintable(QStringLiteral("%1 at %2").arg(button->line()).arg(width)));
            }
            for (const QPushButton* button : s.panel.findChildren<QPushButton*>()) {
                if (button->isVisible())
                    QVERIFY(button->width() >= button->minimumSizeHint().width());
            }
            for (const QLabel* label : s.panel.findChildren<QLabel*>()) {
                if (label->isVisible() && label->wordWrap())
                    QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            }
        }
    }

    void everythingHasANameAndFollowsTheScale()
    {
        Shown s(counter, BuiltIn::UnlockedCounter, 26);
        for (const PickButton* button : s.panel.findChildren<PickButton*>()) {
            QVERIFY(!button->accessibleName().isEmpty());
            QVERIFY(!button->accessibleDescription().isEmpty());
            QVERIFY(button->focusPolicy() & Qt::TabFocus);
        }
        const int before = s.button(0)->sizeHint().height();
        QFont large = s.panel.font();
        large.setPixelSize(28);
        s.panel.setFont(large);
        QVERIFY(s.button(0)->sizeHint().height() > before * 3 / 2);
    }
};

QTEST_MAIN(ManualPanelTest)
#include "manual_panel_test.moc"
