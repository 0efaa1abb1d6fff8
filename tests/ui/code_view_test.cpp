// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/code_view.h"

#include "code/program_document.h"
#include "code/program_files.h"
#include "code/source_gutter.h"
#include "code/source_view.h"
#include "machine/machine_history.h"
#include "made_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QUrl>
#include <QVBoxLayout>
#include <set>

using namespace interleave;
using namespace std::chrono_literals;

namespace {

MachineSettings settingsOf(ThreadIndex threads, CoreIndex cores, std::uint64_t quantum)
{
    MachineSettings settings;
    settings.threads = threads;
    settings.cores = cores;
    settings.policy = Policy::Random;
    settings.quantum = quantum;
    settings.seed = 7;
    settings.switchCost = 2;
    settings.maxSteps = 20'000;
    settings.registers = {{{Register::Bx, Integer(5)}}};
    return settings;
}

struct Shown {
    Shown() : Shown(BuiltIn::UnlockedCounter) {}
    explicit Shown(BuiltIn id)
    {
        document.showBuiltIn(id);
        view.resize(320, 460);
        view.show();
    }
    void run(const MachineSettings& settings)
    {
        auto history = MachineHistory::run(document.program(), settings);
        if (!history)
            qFatal("the machine refused the run");
        machine = *history;
        playback.setHistory(machine);
    }
    void run() { run(settingsOf(3, 1, 4)); }
    void pass(std::chrono::nanoseconds time)
    {
        now += time;
        playback.advance();
    }
    [[nodiscard]] SourceView& source() const { return view.source(); }
    [[nodiscard]] QString textOf(int row) const
    {
        return row < 0 ? QString() : source().document()->findBlockByNumber(row).text().simplified();
    }
    // The words of the executed row, without its comment.
    [[nodiscard]] QString executed() const
    {
        return textOf(source().marks().executed).section(u'#', 0, 0).simplified();
    }
    void clickGutter(int row, double x = 3) const
    {
        QTest::mouseClick(&source().gutter(), Qt::LeftButton, {},
                          QPoint(qRound(x), qRound(source().rowRect(row).center().y())));
    }
    [[nodiscard]] QString message() const { return view.findChild<QLabel*>(QStringLiteral("codeMessage"))->text(); }
    [[nodiscard]] QTabBar* tabs() const { return view.findChild<QTabBar*>(QStringLiteral("codeFaces")); }
    void typeAt(int row, const QString& text) const
    {
        source().goTo(row, 0);
        source().insertPlainText(text);
    }
    void assemble() { document.assembleNow(); }

    std::chrono::nanoseconds now{0};
    Playback playback{nullptr, [this] { return now; }};
    Selection selection;
    ProgramDocument document;
    CodeView view{playback, selection, document};
    std::shared_ptr<const MachineHistory> machine;
};

// The row of a text in the assembly of the document.
int rowOf(const Shown& shown, const char* text)
{
    const QStringList lines = shown.document.text().split(u'\n');
    for (int row = 0; row < lines.size(); ++row)
        if (lines[row].section(u'#', 0, 0).simplified() == QLatin1String(text))
            return row;
    return -1;
}

} // namespace

class CodeViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCoreApplication::setOrganizationName(QStringLiteral("interleave-test"));
        QCoreApplication::setApplicationName(QStringLiteral("code-view"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void marksAreWhereTheThreadsAre_data()
    {
        QTest::addColumn<int>("program");
        QTest::addColumn<int>("cores");
        for (const BuiltInProgram& program : builtInPrograms())
            for (const int cores : {1, 3})
                QTest::addRow("%s, %d", program.name.data(), cores) << static_cast<int>(program.id) << cores;
    }
    void marksAreWhereTheThreadsAre()
    {
        QFETCH(int, program);
        QFETCH(int, cores);
        const auto id = static_cast<BuiltIn>(program);
        Shown shown(id);
        shown.view.setFace(ProgramFace::Assembly);
        shown.run(settingsOf(builtInProgram(id).threads, static_cast<CoreIndex>(cores), 5));
        const Program& code = shown.machine->program();
        const Step steps = std::min<Step>(shown.machine->steps(), 400);
        for (Step step = 0; step <= steps; step += 3) {
            shown.playback.setStep(step);
            const MachineState state = shown.machine->machineState(step);
            const SourceMarks& marks = shown.source().marks();
            for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
                const MachineThread& thread = state.threads[t];
                const int row = marks.rowOf(t);
                if (thread.phase == ThreadPhase::New || thread.phase == ThreadPhase::Finished) {
                    QCOMPARE(row, -1);
                    continue;
                }
                QVERIFY(row >= 0);
                if (thread.phase == ThreadPhase::Blocked) {
                    const QString word = shown.textOf(row).section(u' ', 0, 0);
                    QCOMPARE(word, thread.waitsFor ? QStringLiteral("lock") : QStringLiteral("sleep"));
                    // The very lock that it waits for, also where another lock stands on the next line.
                    const QString named = shown.textOf(row).section(u' ', 1, 1, QString::SectionSkipEmpty);
                    if (const Variable* const variable = code.variableNamed(named.toStdString()))
                        QCOMPARE(variable->address, *thread.waitsFor);
                } else {
                    const auto index = static_cast<std::size_t>(thread.context.pc - code.loadAddress);
                    QCOMPARE(row + 1, static_cast<int>(code.sources[index].line));
                }
                for (const SourceMarks::Chip& chip : marks.chips)
                    if (chip.thread == t)
                        QCOMPARE(chip.phase, thread.phase);
            }
            if (step == 0)
                continue;
            const MachineStep last = shown.machine->machineStep(step - 1);
            QCOMPARE(marks.acting, last.event.thread);
            if (last.pc < 0)
                QCOMPARE(marks.executed, -1);
            else
                QCOMPARE(marks.executed + 1,
                         static_cast<int>(code.sources[static_cast<std::size_t>(last.pc - code.loadAddress)].line));
        }
    }

    void anIncrementIsTakenApart()
    {
        Shown shown;
        shown.run();
        for (const ProgramFace face : {ProgramFace::Python, ProgramFace::Cpp}) {
            shown.view.setFace(face);
            QCOMPARE(shown.view.face(), face);
            int taken = 0;
            for (Step step = 1; step <= shown.machine->steps(); ++step) {
                shown.playback.setStep(step);
                const EventKind kind = shown.playback.lastEvent()->kind;
                const QString expected = kind == EventKind::Load  ? QStringLiteral("load g_num")
                                       : kind == EventKind::Add   ? QStringLiteral("add 1")
                                       : kind == EventKind::Store ? QStringLiteral("store g_num")
                                                                  : QString();
                if (expected.isEmpty())
                    continue;
                ++taken;
                QCOMPARE(shown.executed(), expected);
                QCOMPARE(shown.source().numberOf(shown.source().marks().executed), 0U);
            }
            QCOMPARE(taken, 3 * 3 * 5);
        }
        // The lines keep the numbers that they have in the text.
        const auto& rows = shown.source().rows();
        std::uint32_t number = 0;
        for (const FaceRow& row : rows)
            if (row.line > 0)
                QCOMPARE(row.line, ++number);
    }

    void facesThatAreNotThereAreDisabled()
    {
        Shown shown(BuiltIn::CompareAndSwap);
        QVERIFY(!shown.tabs()->isTabEnabled(0));
        QVERIFY(shown.tabs()->isTabEnabled(1));
        QVERIFY(!shown.tabs()->tabToolTip(0).isEmpty());
        QCOMPARE(shown.view.face(), ProgramFace::Assembly);
        shown.tabs()->setCurrentIndex(1);
        QCOMPARE(shown.view.face(), ProgramFace::Cpp);
        QVERIFY(shown.source().isReadOnly());
        QVERIFY(shown.source().source().contains(QLatin1String("compare_exchange_strong")));
        shown.view.setFace(ProgramFace::Python);
        shown.document.showBuiltIn(BuiltIn::Peterson);
        QCOMPARE(shown.view.face(), ProgramFace::Python); // what was asked for comes back
        shown.document.startNew();
        QCOMPARE(shown.view.face(), ProgramFace::Assembly);
        QVERIFY(!shown.tabs()->isTabEnabled(1));
        QVERIFY(shown.tabs()->tabToolTip(1).contains(QLatin1String("your own")));
    }

    void aChangedProgramHasNoMarks()
    {
        Shown shown;
        QCOMPARE(shown.message(), QStringLiteral("Not run yet: press Run."));
        shown.run();
        shown.playback.setStep(20);
        shown.view.setFace(ProgramFace::Assembly);
        QVERIFY(!shown.source().marks().chips.empty());
        QCOMPARE(shown.message(), QString());
        QVERIFY(!shown.source().isReadOnly());
        const QString before = shown.document.text();
        shown.typeAt(0, QStringLiteral("nop\n"));
        QVERIFY(shown.document.isPending());
        QVERIFY(shown.source().marks().chips.empty());
        QCOMPARE(shown.message(), QStringLiteral("Changed: press Run."));
        QCOMPARE(shown.document.name(), QStringLiteral("copy of unlocked-counter"));
        shown.assemble();
        QVERIFY(shown.source().marks().chips.empty());

        // Undone, it is the program that ran.
        shown.source().undo();
        QCOMPARE(shown.document.text(), before);
        shown.assemble();
        QVERIFY(shown.view.isCurrent());
        QVERIFY(!shown.source().marks().chips.empty());

        shown.typeAt(0, QStringLiteral("nop\n"));
        shown.assemble();
        shown.run();
        shown.playback.setStep(12);
        QVERIFY(!shown.source().marks().chips.empty());
    }

    void errorsAreShownInPlace()
    {
        Shown shown;
        shown.document.startNew();
        QApplication::processEvents();
        const int row = rowOf(shown, "add $1, %ax");
        shown.source().goTo(row, 8);
        for (int i = 0; i < 3; ++i)
            shown.source().textCursor().deleteChar();
        shown.source().insertPlainText(QStringLiteral("%ay"));
        QCOMPARE(shown.source().errorRow(), -1);
        QTRY_COMPARE(shown.source().errorRow(), row);
        QCOMPARE(shown.message(), QStringLiteral("line %1, column 9: there is no register '%ay'").arg(row + 1));
        const auto selections = shown.source().extraSelections();
        QCOMPARE(selections.size(), 1);
        QCOMPARE(selections.first().cursor.selectedText(), QStringLiteral("%ay"));
        QCOMPARE(selections.first().format.underlineStyle(), QTextCharFormat::WaveUnderline);
        const Theme& theme = Theme::of(&shown.view);
        QCOMPARE(selections.first().format.underlineColor(), theme.accent);
        QVERIFY(shown.source().wordsOf(row).contains(QLatin1String("error")));
        QVERIFY(shown.view.breakpoints().empty());
        shown.source().undo();
        shown.source().undo();
        shown.assemble();
        while (shown.document.error() && shown.source().document()->isUndoAvailable()) {
            shown.source().undo();
            shown.assemble();
        }
        QCOMPARE(shown.source().errorRow(), -1);
        QVERIFY(shown.source().extraSelections().isEmpty());
    }

    void breakpointsAreSetByClickAndKey()
    {
        Shown shown;
        shown.run();
        shown.view.setFace(ProgramFace::Assembly);
        QSignalSpy changed(&shown.view, &CodeView::breakpointsChanged);
        const Program& program = *shown.document.program();
        const int store = rowOf(shown, "mov %ax, g_num");
        shown.clickGutter(store);
        QCOMPARE(shown.view.breakpoints(), std::vector<std::int64_t>{program.loadAddress + 2});
        QCOMPARE(shown.source().breakpoints(), std::vector<int>{store});
        QVERIFY(shown.source().wordsOf(store).contains(QLatin1String("breakpoint")));
        // A label stands for the instruction below it.
        shown.source().goTo(rowOf(shown, ".top"), 0);
        shown.view.toggleBreakpointAction()->trigger();
        QCOMPARE(shown.view.breakpoints(), (std::vector<std::int64_t>{program.loadAddress, program.loadAddress + 2}));
        QCOMPARE(changed.count(), 2);

        // The same ones in another face, where they can be taken away as well.
        shown.view.setFace(ProgramFace::Python);
        QCOMPARE(shown.source().breakpoints().size(), std::size_t{2});
        QCOMPARE(shown.textOf(shown.source().breakpoints().back()), QStringLiteral("store g_num"));
        shown.source().bringIntoSight(shown.source().breakpoints().back());
        shown.clickGutter(shown.source().breakpoints().back());
        QCOMPARE(shown.view.breakpoints(), std::vector<std::int64_t>{program.loadAddress});
        QVERIFY(shown.view.clearBreakpointsAction()->isEnabled());
        shown.view.clearBreakpointsAction()->trigger();
        QVERIFY(shown.view.breakpoints().empty());
        QVERIFY(!shown.view.clearBreakpointsAction()->isEnabled());
        // Nothing comes after the last instruction.
        shown.view.setFace(ProgramFace::Assembly);
        shown.source().goTo(shown.source().blockCount() - 1, 0);
        shown.view.toggleBreakpoint();
        QVERIFY(shown.view.breakpoints().empty());
        QVERIFY(shown.message().startsWith(QLatin1String("There is no instruction")));
    }

    void breakpointsStayWithTheirLines()
    {
        Shown shown;
        shown.view.setFace(ProgramFace::Assembly);
        const int add = rowOf(shown, "add $1, %ax");
        const int store = rowOf(shown, "mov %ax, g_num");
        for (const int row : {add, store}) {
            shown.source().goTo(row, 0);
            shown.view.toggleBreakpoint();
        }
        const auto rowsNow = [&] { return shown.source().breakpoints(); };
        shown.typeAt(0, QStringLiteral("# one\n# two\n"));
        QCOMPARE(rowsNow(), (std::vector<int>{add + 2, store + 2}));
        shown.typeAt(add + 2, QStringLiteral("nop\n"));
        QCOMPARE(rowsNow(), (std::vector<int>{add + 3, store + 3}));
        // In the middle of a line it stays where the line begins.
        shown.source().goTo(add + 3, 8);
        shown.source().insertPlainText(QStringLiteral("\n"));
        QCOMPARE(rowsNow(), (std::vector<int>{add + 3, store + 4}));
        shown.source().undo();
        QCOMPARE(rowsNow(), (std::vector<int>{add + 3, store + 3}));
        shown.assemble();
        QCOMPARE(shown.textOf(rowsNow().front()).section(u'#', 0, 0).simplified(), QStringLiteral("add $1, %ax"));
        // With its line the breakpoint goes.
        QTextCursor cursor(shown.source().document()->findBlockByNumber(add + 2));
        cursor.movePosition(QTextCursor::EndOfBlock);
        cursor.movePosition(QTextCursor::NextBlock, QTextCursor::KeepAnchor);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        QCOMPARE(rowsNow(), (std::vector<int>{store + 2}));
        shown.document.showBuiltIn(BuiltIn::Peterson);
        QVERIFY(shown.view.breakpoints().empty());
    }

    void runsToTheNextBreakpoint()
    {
        Shown shown;
        shown.run();
        shown.view.setFace(ProgramFace::Assembly);
        shown.view.runToBreakpoint();
        QVERIFY(shown.message().startsWith(QLatin1String("There is no breakpoint yet")));
        shown.source().goTo(rowOf(shown, "mov %ax, g_num"), 0);
        shown.view.toggleBreakpoint();
        const std::int64_t address = shown.view.breakpoints().front();
        int stops = 0;
        for (Step step = 1; step < shown.machine->steps(); ++step) {
            if (shown.machine->machineStep(step).pc != address)
                continue;
            shown.view.runToBreakpointAction()->trigger();
            QTRY_COMPARE(shown.playback.step(), step);
            ++stops;
        }
        QCOMPARE(stops, 15);
        shown.view.runToBreakpoint();
        QTRY_COMPARE(shown.message(), QStringLiteral("No breakpoint is reached after this step."));

        // Given up, it leads nowhere.
        shown.playback.toStart();
        const QString text = shown.view.runToBreakpointAction()->text();
        shown.view.runToBreakpoint();
        QVERIFY(shown.view.runToBreakpointAction()->text() != text);
        shown.view.runToBreakpoint();
        QCOMPARE(shown.view.runToBreakpointAction()->text(), text);
        QApplication::processEvents();
        QCOMPARE(shown.playback.step(), Step{0});
    }

    void playingStopsAtBreakpoints()
    {
        Shown shown;
        shown.run();
        shown.view.setFace(ProgramFace::Assembly);
        shown.source().goTo(rowOf(shown, "halt"), 0);
        shown.view.toggleBreakpoint();
        const std::int64_t address = shown.view.breakpoints().front();
        shown.playback.setSpeed(1000);
        for (Step step = 1; step < shown.machine->steps(); ++step) {
            if (shown.machine->machineStep(step).pc != address)
                continue;
            shown.playback.play();
            for (int tick = 0; tick < 1000 && shown.playback.isPlaying(); ++tick)
                shown.pass(16ms);
            QCOMPARE(shown.playback.step(), step);
            QVERIFY(!shown.playback.isPlaying());
        }
        shown.playback.play();
        for (int tick = 0; tick < 1000 && shown.playback.isPlaying(); ++tick)
            shown.pass(16ms);
        QCOMPARE(shown.playback.step(), shown.playback.steps());

        // Those of a text that did not run stop nothing.
        shown.typeAt(0, QStringLiteral("nop\n"));
        shown.playback.toStart();
        shown.playback.play();
        for (int tick = 0; tick < 1000 && shown.playback.isPlaying(); ++tick)
            shown.pass(16ms);
        QCOMPARE(shown.playback.step(), shown.playback.steps());
    }

    void aClickAtAChipSelectsItsThread()
    {
        Shown shown;
        shown.run(settingsOf(6, 1, 3));
        shown.view.setFace(ProgramFace::Assembly);
        shown.playback.setStep(6); // all are spawned and stand at the start
        const int row = shown.source().marks().rowOf(0);
        const auto places = [&] { return shown.source().gutter().placesOf(row); };
        QCOMPARE(places().size(), std::size_t{2});
        QCOMPARE(places()[0].threads.size(), std::size_t{1});
        QCOMPARE(places()[1].threads.size(), std::size_t{5});
        const auto click = [&](std::size_t place) { shown.clickGutter(row, places()[place].rect.center().x()); };
        const ThreadIndex first = places()[0].threads.front().thread;
        click(0);
        QCOMPARE(shown.selection.thread(), first);
        click(0);
        QVERIFY(!shown.selection.thread());
        // Clicks at those that do not fit go round all of them.
        std::set<ThreadIndex> chosen;
        for (int i = 0; i < 6; ++i) {
            click(1);
            chosen.insert(*shown.selection.thread());
            QCOMPARE(places()[0].threads.front().thread, *shown.selection.thread());
        }
        QCOMPARE(chosen.size(), std::size_t{6});
        QVERIFY(shown.view.breakpoints().empty());
        // Alone in its line, a thread has room.
        shown.view.resize(700, 460);
        QApplication::processEvents();
        QCOMPARE(places().size(), std::size_t{4});
    }

    void theHardwareShowsItsProgram_data()
    {
        QTest::addColumn<int>("way");
        QTest::addColumn<QStringList>("lines"); // acquire, load, add, store, release
        const auto add = [](Synchronisation way, const QStringList& lines) {
            QTest::newRow(qPrintable(interleave::textOf(way))) << static_cast<int>(way) << lines;
        };
        const QString load = QStringLiteral("mov g_num, %ax");
        const QString one = QStringLiteral("add $1, %ax");
        const QString store = QStringLiteral("mov %ax, g_num");
        const QString lock = QStringLiteral("lock mutex");
        const QString unlock = QStringLiteral("unlock mutex");
        add(Synchronisation::None, {{}, load, one, store, {}});
        add(Synchronisation::Sharded, {{}, load, one, store, {}});
        add(Synchronisation::Mutex, {lock, load, one, store, unlock});
        add(Synchronisation::MutexCoarse, {lock, load, one, store, unlock});
        add(Synchronisation::Spinlock,
            {QStringLiteral("mov flag, %ax"), load, one, store, QStringLiteral("mov $0, flag")});
        add(Synchronisation::Cas, {{}, load, QStringLiteral("add $1, %cx"), QStringLiteral("cmpxchg %cx, g_num"), {}});
        const QString atomic = QStringLiteral("fetchadd %ax, g_num");
        add(Synchronisation::Atomic, {{}, atomic, atomic, atomic, {}});
    }
    void theHardwareShowsItsProgram()
    {
        QFETCH(int, way);
        QFETCH(QStringList, lines);
        Shown shown;
        shown.view.setFace(ProgramFace::Assembly);
        std::vector<MadeHistory::Line> made{{0, EventKind::Load}, {0, EventKind::Add}, {0, EventKind::Store}};
        if (!lines[0].isEmpty()) {
            made.insert(made.begin(), {0, EventKind::LockAcquire});
            made.insert(made.begin() + 1, {1, EventKind::LockWait, 0});
            made.push_back({0, EventKind::LockRelease});
        }
        shown.playback.setHistory(std::make_shared<MadeHistory>(2, 1, MadeHistory::spawned(2, made)));
        shown.view.showHardware(static_cast<Synchronisation>(way));
        QVERIFY(shown.view.isReading());
        QVERIFY(shown.source().isReadOnly());
        for (Step step = 3; step <= shown.playback.steps(); ++step) {
            shown.playback.setStep(step);
            const Event& event = *shown.playback.lastEvent();
            const int index = event.kind == EventKind::Load        ? 1
                            : event.kind == EventKind::Add         ? 2
                            : event.kind == EventKind::Store       ? 3
                            : event.kind == EventKind::LockRelease ? 4
                                                                   : 0;
            QCOMPARE(shown.executed(), lines[index]);
            QCOMPARE(shown.source().marks().acting, event.thread);
        }
        if (!lines[0].isEmpty()) {
            const int row = shown.source().marks().rowOf(1);
            QCOMPARE(shown.textOf(row).section(u'#', 0, 0).simplified(), lines[0]);
            QVERIFY(shown.source().wordsOf(row).contains(QLatin1String("thread B is here, blocked")));
        }
        QCOMPARE(!shown.message().isEmpty(), static_cast<Synchronisation>(way) == Synchronisation::Sharded);
        shown.clickGutter(1);
        QVERIFY(shown.message().startsWith(QLatin1String("Breakpoints stop runs of the machine")));
        // A run of the machine brings the document back.
        shown.run();
        QVERIFY(!shown.view.isReading());
        QVERIFY(shown.view.isCurrent());
    }

    void keysGoWhereTheyAreNeeded()
    {
        QWidget window;
        Shown shown;
        QLineEdit after;
        auto* column = new QVBoxLayout(&window);
        column->addWidget(&shown.view);
        column->addWidget(&after);
        window.addActions(shown.playback.actions());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        shown.run();
        shown.view.setFace(ProgramFace::Python);
        shown.source().setFocus();
        QTest::keyClick(&shown.source(), Qt::Key_Right);
        QCOMPARE(shown.playback.step(), Step{1});
        QTest::keyClick(&shown.source(), Qt::Key_Space);
        QVERIFY(shown.playback.isPlaying());
        shown.playback.pause();
        QTest::keyClick(&shown.source(), Qt::Key_Down);
        QCOMPARE(shown.source().currentRow(), 1);
        QTest::keyClick(&shown.source(), Qt::Key_F9);
        QCOMPARE(shown.view.breakpoints().size(), std::size_t{1});
        QTest::keyClick(&shown.source(), Qt::Key_F8);
        QTRY_VERIFY(shown.playback.step() > 1);

        shown.view.setFace(ProgramFace::Assembly);
        shown.source().setFocus();
        const Step step = shown.playback.step();
        const QString before = shown.document.text();
        shown.source().goTo(0, 0);
        QTest::keyClicks(&shown.source(), QStringLiteral("# "));
        QTest::keyClick(&shown.source(), Qt::Key_Return);
        QCOMPARE(shown.document.text(), QStringLiteral("# \n") + before);
        QCOMPARE(shown.playback.step(), step);
        QTest::keyClick(&shown.source(), Qt::Key_Tab);
        QVERIFY(after.hasFocus());
        QTest::keyClick(&after, Qt::Key_Tab, Qt::ShiftModifier);
        QVERIFY(shown.source().hasFocus());
        QTest::keyClick(&shown.source(), Qt::Key_Tab, Qt::ShiftModifier);
        QVERIFY(shown.tabs()->hasFocus());
        shown.view.setParent(nullptr); // it is not the window's
    }

    void opensWhatIsDropped()
    {
        Shown shown;
        const QString path = m_folder.filePath(QStringLiteral("dropped.s"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("halt # dropped\n");
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const auto drop = [&](QWidget* onto) {
            QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(onto, &enter);
            QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(&shown.view, &event);
            return enter.isAccepted() && event.isAccepted();
        };
        QVERIFY(drop(&shown.view));
        QCOMPARE(shown.document.path(), path);
        QCOMPARE(shown.source().source(), QStringLiteral("halt # dropped\n"));
        // The editor does not take the file for a text to be put in.
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(shown.source().viewport(), &enter);
        QVERIFY(!shown.document.isModified());
        data.setUrls({QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("x.png")))});
        QVERIFY(!drop(&shown.view));
    }

    void tenThousandLinesAreFollowed()
    {
        Shown shown;
        QString text = QStringLiteral(".var count\n");
        for (int i = 0; i < 9'997; ++i)
            text += QStringLiteral("add $1, %ax\n");
        text += QStringLiteral("mov %ax, count\nhalt");
        shown.document.startNew();
        shown.document.edit(text);
        shown.assemble();
        QCOMPARE(shown.source().blockCount(), 10'000);
        MachineSettings settings = settingsOf(1, 1, 50);
        settings.registers.clear();
        shown.run(settings);
        shown.playback.toEnd();
        QCOMPARE(shown.source().marks().executed, 9'999);
        QVERIFY(shown.source().rowRect(9'999).isValid());
        QVERIFY(!shown.source().rowRect(100).isValid());
        shown.playback.toStart();
        shown.playback.setStep(10);
        QVERIFY(shown.source().rowRect(shown.source().marks().executed).isValid());

        // A row in sight is no reason to scroll.
        const int before = shown.source().verticalScrollBar()->value();
        for (int i = 0; i < 5; ++i)
            shown.playback.stepForward();
        QCOMPARE(shown.source().verticalScrollBar()->value(), before);
        QVERIFY(shown.source().rowRect(shown.source().marks().executed).isValid());
    }

    // range(50) and args=(200000,) are the note's; what is shown is what was run.
    void textSpeaksOfTheRunThatIsShown()
    {
        Shown shown(BuiltIn::UnlockedCounter);
        shown.view.setFace(ProgramFace::Python);
        QVERIFY(shown.source().source().contains(QLatin1String("for _ in range(50)]")));
        shown.run(settingsOf(3, 1, 2));
        const QString rounds = QString::number(shown.machine->iterations());
        QVERIFY(shown.source().source().contains(QLatin1String("for _ in range(3)]")));
        QVERIFY(shown.source().source().contains(QLatin1String("args=(%1,)").arg(rounds)));
        shown.run(settingsOf(7, 1, 2));
        QVERIFY(shown.source().source().contains(QLatin1String("for _ in range(7)]")));
        shown.view.setFace(ProgramFace::Assembly);
        QCOMPARE(shown.source().source().toStdString(),
                 std::string(builtInProgram(BuiltIn::UnlockedCounter).assembly));
    }

    void marksAreToldInWords()
    {
        Shown shown(BuiltIn::LockAroundIncrement);
        shown.run(settingsOf(3, 2, 2));
        shown.view.setFace(ProgramFace::Assembly);
        bool blocked = false;
        for (Step step = 3; step < shown.machine->steps() && !blocked; ++step) {
            shown.playback.setStep(step);
            const QString words = shown.source().accessibleDescription();
            for (const SourceMarks::Chip& chip : shown.source().marks().chips) {
                QVERIFY(words.contains(threadText(chip.thread)));
                blocked = blocked || chip.phase == ThreadPhase::Blocked;
            }
            if (blocked) {
                QVERIFY(words.contains(QLatin1String("lock mutex")));
                QVERIFY(words.contains(QLatin1String("is here, blocked")));
            }
        }
        QVERIFY(blocked);
    }

    void everythingHasAName()
    {
        Shown shown;
        shown.run();
        for (const ProgramFace face : {ProgramFace::Python, ProgramFace::Assembly}) {
            shown.view.setFace(face);
            QVERIFY(!shown.source().accessibleName().isEmpty());
            QVERIFY(!shown.source().accessibleDescription().isEmpty());
            QVERIFY(!shown.source().gutter().accessibleName().isEmpty());
            QVERIFY(!shown.source().gutter().accessibleDescription().isEmpty());
        }
        QVERIFY(!shown.view.accessibleName().isEmpty());
        QVERIFY(!shown.tabs()->accessibleName().isEmpty());
        for (const QAction* action : shown.view.actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->statusTip().isEmpty());
        }
    }

    void wearsBothAppearances()
    {
        Shown shown;
        shown.run();
        shown.view.setFace(ProgramFace::Assembly);
        shown.playback.setStep(30);
        while (shown.source().marks().executed < 0)
            shown.playback.stepForward();
        for (const Theme* theme : {&Theme::darkTheme(), &Theme::light()}) {
            // As the window does it: a style sheet keeps palettes from being inherited.
            QApplication::setPalette(theme->palette());
            qApp->setStyleSheet(theme->styleSheet(1));
            QApplication::processEvents();
            shown.view.setFace(ProgramFace::Python);
            QCOMPARE(shown.source().palette().color(QPalette::Text), theme->ink);
            const QColor ground = shown.source().viewport()->grab().toImage().pixelColor(1, 1);
            QCOMPARE(ground, theme->panel);
            QCOMPARE(shown.source().gutter().grab().toImage().pixelColor(1, 1), theme->panel);
            shown.view.setFace(ProgramFace::Assembly);
            QCOMPARE(shown.source().palette().color(QPalette::Text), theme->ink);
            QCOMPARE(shown.source().viewport()->grab().toImage().pixelColor(1, 1), theme->card);
            QCOMPARE(shown.source().gutter().grab().toImage().pixelColor(1, 1), theme->card);
            const int row = shown.source().marks().executed;
            const QColor band = shown.source().bandOf(row);
            QVERIFY(band.isValid());
            const QImage picture = shown.source().viewport()->grab().toImage();
            const QPoint end(picture.width() - 3, qRound(shown.source().rowRect(row).center().y()));
            QCOMPARE(picture.pixelColor(end), band);
        }
        qApp->setStyleSheet({});
        QFont larger = shown.view.font();
        larger.setPixelSize(28);
        const int before = shown.source().fontMetrics().height();
        shown.view.setFont(larger);
        QApplication::processEvents();
        QVERIFY(shown.source().fontMetrics().height() > before * 3 / 2);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(CodeViewTest)
#include "code_view_test.moc"
