// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/synchronisation.h"
#include "help/first_steps.h"
#include "help/first_steps_page.h"
#include "help/help_window.h"
#include "help/key_cap.h"
#include "help/key_names.h"
#include "help/keys_page.h"
#include "help/picture_view.h"
#include "help/rows_view.h"
#include "help/words.h"
#include "help/words_page.h"
#include "history/state.h"
#include "machine/machine_settings.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "unexpected_warnings.h"
#include "window/appearance.h"
#include "window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace interleave;

namespace {

// What the help must explain: every word that the window shows and a beginner may not know.
constexpr const char* wordsOnTheScreen =
    "update, step, seen, overwritten, clobbering store, surviving update, lost update, set aside, streak, worker, "
    "thread, process, TCB, register, program counter (pc), stack pointer (sp), stack, stack frame, heap, code, "
    "data, shared memory, counter, cell, address, yield, not run yet, instruction, flags, core, tick, quantum, slice, "
    "context switch, voluntary, involuntary, preempted, switch cost, ready queue, scheduler, schedule, seed, depth, "
    "asleep, "
    "spinning, state, lock, critical section, mutual exclusion, deadlock, test-and-set, ticket lock, "
    "Peterson's lock, race condition, recorded, counted, trial, expected, final, lost, window, iterations, median, "
    "spread, sweep, logarithmic, kernel, cost of an update, timeline, track, span, playhead, mark, whole run, "
    "measured stretch, kept run, lit lock, run, hardware, machine, synchronise, start registers, breakpoint, "
    "fault, step limit, ledger, load, add, store, initial value, GIL, concurrency, parallelism, CPU-bound, "
    "IO-bound";

QStringList titles()
{
    QStringList all;
    for (const Word& word : allWords())
        all << word.word;
    return all;
}

QStringList shownTitles(const HelpRowModel& rows)
{
    QStringList shown;
    for (int i = 0; i < rows.rowCount(); ++i)
        if (const HelpRow* row = rows.rowAt(rows.index(i)))
            shown << row->title;
    return shown;
}

void type(const QWidget& window, const char* letters)
{
    for (const char* letter = letters; *letter; ++letter)
        QTest::keyClick(window.windowHandle(), *letter);
}

// A main window of which only the menus matter.
struct Desk {
    Desk()
    {
        main.resize(640, 480);
        QMenu* menu = main.menuBar()->addMenu(QStringLiteral("&Playback"));
        const auto add = [menu](const QString& text, const QList<QKeySequence>& keys) {
            QAction* action = menu->addAction(text);
            action->setShortcuts(keys);
            return action;
        };
        play = add(QStringLiteral("&Play"), {Qt::Key_Space});
        next = add(QStringLiteral("&Next lost update"), {Qt::CTRL | Qt::Key_Right, Qt::Key_N});
        trials = add(QStringLiteral("Run &trials…"), {Qt::CTRL | Qt::Key_T});
        hidden = add(QStringLiteral("Hidden"), {Qt::Key_H});
        hidden->setVisible(false);
        help = new HelpWindow(*main.menuBar(), &main);
    }

    void open(HelpWindow::Page page)
    {
        main.show();
        help->showPage(page);
        QVERIFY(QTest::qWaitForWindowActive(help));
    }

    QMainWindow main;
    QAction* play;
    QAction* next;
    QAction* trials;
    QAction* hidden;
    HelpWindow* help;
};

} // namespace

class HelpTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void explainsEveryWordOnTheScreen();
    void explainsEveryState();
    void explainsEveryScheduler();
    void explainsEveryWayToSynchronise();
    void wordsAreSentences();
    void wordsAreThereOnce();
    void theWordLookedForIsTheOneFound_data();
    void theWordLookedForIsTheOneFound();
    void picturesStayInTheirFrames_data();
    void picturesStayInTheirFrames();
    void picturesAreDescribed();
    void firstStepsAreFew();
    void firstStepsNameKeysThatExist();
    void aClickOnAKeyCapPressesIt();
    void listsEveryKeyOfTheWindow();
    void noKeyMeansTwoThings();
    void typingLostFindsTheKeysOfLosses();
    void lostLeadsToTheStoresThatCauseIt();
    void keysAreFoundByWhatStandsOnThem_data();
    void keysAreFoundByWhatStandsOnThem();
    void keysFollowTheMenus();
    void typingEditsTextAndPlaysNothing();
    void keysPlayWhileFirstStepsAreRead();
    void saysWhenAKeyIsNotPossible();
    void arrowsMoveThroughTheRowsWhileTyping();
    void typingInTheListLooksForIt();
    void headingsArePassedOver();
    void escapeCloses_data();
    void escapeCloses();
    void tabsAreReachedByKeys();
    void staysOnTheScreen();
    void opensBesideTheWindow();
    void nothingIsModal();
    void growsWithTheScale();
    void followsTheTheme();
    void isReadOut();
    void showsAWord();
    void aboutSaysWhatThisIs();
    void opensFromTheMenus();
};

void HelpTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationDisplayName(QStringLiteral("Interleave"));
    QApplication::setApplicationVersion(QStringLiteral("1.2.3"));
}

void HelpTest::init()
{
    QTest::failOnWarning(unexpectedWarning());
}

void HelpTest::explainsEveryWordOnTheScreen()
{
    const QStringList known = titles();
    for (const QString& word : QString::fromLatin1(wordsOnTheScreen).split(QStringLiteral(", ")))
        QVERIFY2(known.contains(word), qPrintable(word));
}

void HelpTest::explainsEveryState()
{
    for (const auto phase :
         {ThreadPhase::New, ThreadPhase::Ready, ThreadPhase::Running, ThreadPhase::Blocked, ThreadPhase::Finished})
        QVERIFY2(titles().contains(textOf(phase)), qPrintable(textOf(phase)));
}

void HelpTest::explainsEveryScheduler()
{
    for (const Policy policy : policies) {
        const std::string_view name = nameOf(policy);
        const QString word = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
        QVERIFY2(titles().contains(word), qPrintable(word));
    }
}

void HelpTest::explainsEveryWayToSynchronise()
{
    for (const Synchronisation way : allSynchronisations)
        QVERIFY2(titles().contains(textOf(way)), qPrintable(textOf(way)));
}

void HelpTest::wordsAreSentences()
{
    WordGroup group = WordGroup::Memory;
    for (const Word& word : allWords()) {
        QVERIFY2(!word.word.isEmpty(), qPrintable(word.meaning));
        QVERIFY2(word.meaning.endsWith(QLatin1Char('.')), qPrintable(word.word));
        QVERIFY2(word.meaning.front().isUpper(), qPrintable(word.word));
        QVERIFY2(word.meaning.size() < 240, qPrintable(word.word));
        QVERIFY2(!word.meaning.contains(QStringLiteral("  ")), qPrintable(word.word));
        QVERIFY2(word.group >= group, qPrintable(word.word)); // group by group
        group = word.group;
    }
}

void HelpTest::wordsAreThereOnce()
{
    QSet<QString> once;
    for (const Word& word : allWords()) {
        const QString folded = word.word.toCaseFolded();
        QVERIFY2(!once.contains(folded), qPrintable(folded));
        once.insert(folded);
    }
}

void HelpTest::theWordLookedForIsTheOneFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("found");
    QTest::newRow("the word") << "quantum"
                              << "quantum";
    QTest::newRow("in capitals") << "Tcb"
                                 << "TCB";
    QTest::newRow("its other name") << "thread control block"
                                    << "TCB";
    QTest::newRow("its short name") << "pc"
                                    << "program counter (pc)";
    QTest::newRow("what others mention") << "lost"
                                         << "lost";
    QTest::newRow("its beginning") << "clob"
                                   << "clobbering store";
    QTest::newRow("spaces around it") << " deadlock "
                                      << "deadlock";
}

void HelpTest::theWordLookedForIsTheOneFound()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, found);
    WordsPage page;
    QTest::keyClicks(&page.field(), typed);
    QCOMPARE(page.rows().rowAt(page.view().currentIndex())->title, found);
    QTest::keyClick(&page.field(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&page.field(), Qt::Key_Delete);
    QCOMPARE(page.rows().matches(), static_cast<int>(allWords().size()));
}

void HelpTest::picturesStayInTheirFrames_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("dark");
    for (int number = 1; number <= static_cast<int>(lastHelpPicture); ++number)
        for (const bool dark : {false, true})
            QTest::addRow("%d %s", number, dark ? "dark" : "light") << number << dark;
}

void HelpTest::picturesStayInTheirFrames()
{
    QFETCH(const int, number);
    QFETCH(const bool, dark);
    const auto picture = static_cast<HelpPicture>(number);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
    const QSizeF size = sizeOf(picture);
    QVERIFY(!size.isEmpty());
    constexpr int margin = 20;
    QImage image(size.toSize() + QSize(2 * margin, 2 * margin), QImage::Format_RGB32);
    image.fill(theme.panel);
    QPainter painter(&image);
    paintPicture(painter, QRectF(QPointF(margin, margin), size), picture, theme);
    painter.end();
    const QRect frame = QRect(QPoint(margin, margin), size.toSize()).adjusted(-2, -2, 2, 2);
    const QRgb ground = theme.panel.rgb();
    int painted = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const bool touched = image.pixel(x, y) != ground;
            painted += touched ? 1 : 0;
            if (touched && !frame.contains(x, y))
                QFAIL(qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
        }
    QVERIFY(painted > 200);
}

void HelpTest::picturesAreDescribed()
{
    for (int number = 1; number <= static_cast<int>(lastHelpPicture); ++number) {
        const QString description = descriptionOf(static_cast<HelpPicture>(number));
        QVERIFY2(description.endsWith(QLatin1Char('.')), qPrintable(QString::number(number)));
    }
}

void HelpTest::firstStepsAreFew()
{
    const std::vector<FirstStep> steps = firstSteps();
    QVERIFY(steps.size() >= 6 && steps.size() <= 8);
    for (const FirstStep& step : steps) {
        QVERIFY(!step.title.isEmpty());
        QVERIFY2(step.text.endsWith(QLatin1Char('.')), qPrintable(step.title));
        QVERIFY2(step.text.count(QStringLiteral(". ")) <= 1, qPrintable(step.title)); // one sentence or two
        QVERIFY2(!step.keys.empty(), qPrintable(step.title));
    }
}

void HelpTest::firstStepsNameKeysThatExist()
{
    const MainWindow window;
    for (const FirstStep& step : firstSteps())
        for (const StepKeys& keys : step.keys)
            for (const QKeySequence& key : keys.keys)
                QVERIFY2(actionOfKey(*window.menuBar(), key), qPrintable(key.toString()));
}

void HelpTest::aClickOnAKeyCapPressesIt()
{
    Desk desk;
    desk.open(HelpWindow::Page::FirstSteps);
    const QSignalSpy played(desk.play, &QAction::triggered);
    for (KeyCap* cap : desk.help->findChildren<KeyCap*>())
        if (cap->key() == QKeySequence(Qt::Key_Space))
            QTest::mouseClick(cap, Qt::LeftButton);
    QCOMPARE(played.size(), 1);
    QVERIFY(!qobject_cast<KeyCap*>(QApplication::focusWidget())); // the keys stay where they were
}

void HelpTest::listsEveryKeyOfTheWindow()
{
    const MainWindow window;
    const KeysPage page(*window.menuBar());
    int actions = 0;
    for (const QAction* action : window.findChildren<QAction*>()) {
        if (action->menu() || !action->isVisible() || action->shortcuts().isEmpty())
            continue;
        ++actions;
        const HelpRow* row = page.rows().rowAt(page.rows().indexOf(withoutMnemonic(action->text())));
        QVERIFY2(row, qPrintable(action->text()));
        for (const QKeySequence& key : action->shortcuts())
            QVERIFY2(row->keys.contains(keyText(key)), qPrintable(key.toString()));
    }
    QVERIFY(actions > 30);
}

void HelpTest::noKeyMeansTwoThings()
{
    const MainWindow window;
    QMap<QString, QString> meanings;
    const QMenuBar& menus = *window.menuBar();
    for (const QAction* action : actionsWithKeys(menus.actions()) + actionsBesideMenus(menus))
        for (const QString& key : keyTexts(action->shortcuts())) {
            QVERIFY2(!meanings.contains(key),
                     qPrintable(QStringLiteral("%1: %2, %3").arg(key, meanings.value(key), action->text())));
            meanings[key] = action->text();
        }
}

void HelpTest::typingLostFindsTheKeysOfLosses()
{
    Desk desk;
    desk.open(HelpWindow::Page::Keys);
    QTest::keyClicks(desk.help->focusWidget(), QStringLiteral("lost"));
    QCOMPARE(shownTitles(desk.help->keys().rows()), QStringList{QStringLiteral("Next lost update")});
    QTest::keyClicks(desk.help->focusWidget(), QStringLiteral("xyz"));
    QCOMPARE(desk.help->keys().rows().rowCount(), 0);
    const auto* count = desk.help->keys().findChild<QLabel*>(QStringLiteral("matches"));
    QVERIFY(count->isVisible());
    QCOMPARE(count->text(), QStringLiteral("nothing found"));
}

void HelpTest::keysAreFoundByWhatStandsOnThem_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("as Qt writes it") << "ctrl+t";
    QTest::newRow("as it is shown") << "Ctrl + T";
    QTest::newRow("what it does") << "run trials";
}

void HelpTest::keysAreFoundByWhatStandsOnThem()
{
    QFETCH(const QString, typed);
    Desk desk;
    KeysPage& page = desk.help->keys();
    page.field().setText(typed);
    QCOMPARE(page.rows().rowAt(page.view().currentIndex())->title, QStringLiteral("Run trials"));
}

void HelpTest::keysFollowTheMenus()
{
    Desk desk;
    desk.open(HelpWindow::Page::Keys);
    QVERIFY(!shownTitles(desk.help->keys().rows()).contains(QStringLiteral("Hidden")));
    desk.help->close();
    desk.play->setText(QStringLiteral("&Pause"));
    desk.hidden->setVisible(true);
    desk.open(HelpWindow::Page::Keys);
    const QStringList shown = shownTitles(desk.help->keys().rows());
    QVERIFY(shown.contains(QStringLiteral("Pause")));
    QVERIFY(!shown.contains(QStringLiteral("Play")));
    QVERIFY(shown.contains(QStringLiteral("Hidden")));
    desk.help->keys().setOtherKeys({{QStringLiteral("Here"), {{QStringLiteral("There"), {}, {QStringLiteral("X")}}}}});
    QVERIFY(shownTitles(desk.help->keys().rows()).contains(QStringLiteral("There")));
}

void HelpTest::typingEditsTextAndPlaysNothing()
{
    for (const auto page : {HelpWindow::Page::Words, HelpWindow::Page::Keys}) {
        Desk desk;
        desk.open(page);
        const QSignalSpy played(desk.play, &QAction::triggered);
        const QSignalSpy next(desk.next, &QAction::triggered);
        const QSignalSpy trials(desk.trials, &QAction::triggered);
        auto* field = qobject_cast<QLineEdit*>(desk.help->focusWidget());
        QVERIFY(field);
        type(*desk.help, "n n");
        QTest::keyClick(desk.help->windowHandle(), Qt::Key_Home);
        QTest::keyClick(desk.help->windowHandle(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(desk.help->windowHandle(), Qt::Key_Return);
        QCOMPARE(field->text(), QStringLiteral("n n"));
        QVERIFY(desk.help->isVisible());
        QVERIFY(played.isEmpty());
        QVERIFY(next.isEmpty());
        QTest::keyClick(desk.help->windowHandle(), Qt::Key_T, Qt::ControlModifier); // no text, so it is for the window
        QCOMPARE(trials.size(), 1);
    }
}

void HelpTest::keysPlayWhileFirstStepsAreRead()
{
    Desk desk;
    desk.open(HelpWindow::Page::FirstSteps);
    const QSignalSpy played(desk.play, &QAction::triggered);
    const QSignalSpy next(desk.next, &QAction::triggered);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Space);
    QCOMPARE(played.size(), 1);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_N);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(next.size(), 2);
    // And it can be read to its end with the keys.
    auto* page = desk.help->findChild<FirstStepsPage*>();
    QVERIFY(page->verticalScrollBar()->maximum() > 0);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_PageDown);
    QVERIFY(page->verticalScrollBar()->value() > 0);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_PageUp);
    QCOMPARE(page->verticalScrollBar()->value(), 0);
}

void HelpTest::saysWhenAKeyIsNotPossible()
{
    Desk desk;
    desk.open(HelpWindow::Page::FirstSteps);
    desk.next->setEnabled(false);
    const QSignalSpy next(desk.next, &QAction::triggered);
    const auto said = [&desk] {
        for (const QLabel* label : desk.help->findChildren<QLabel*>(Qt::FindDirectChildrenOnly))
            if (label->isVisible())
                return label->text();
        return QString();
    };
    QVERIFY(said().isEmpty());
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_N);
    QVERIFY(next.isEmpty());
    QVERIFY2(said().startsWith(QStringLiteral("Next lost update")), qPrintable(said()));
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Space);
    QVERIFY(said().isEmpty());
}

void HelpTest::arrowsMoveThroughTheRowsWhileTyping()
{
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    const RowsView& view = desk.help->words().view();
    const int before = view.currentIndex().row();
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Down);
    QCOMPARE(view.currentIndex().row(), before + 1);
    QVERIFY(desk.help->words().field().hasFocus());
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Up);
    QCOMPARE(view.currentIndex().row(), before);
}

void HelpTest::typingInTheListLooksForIt()
{
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    desk.help->words().view().setFocus();
    type(*desk.help, "tick");
    QCOMPARE(desk.help->words().field().text(), QStringLiteral("tick"));
    QCOMPARE(desk.help->words().view().currentIndex().data().toString(), QStringLiteral("tick"));
}

void HelpTest::headingsArePassedOver()
{
    WordsPage page;
    page.resize(500, 600);
    page.show();
    page.view().setFocus();
    const int rows = page.rows().rowCount();
    QVERIFY(rows > page.rows().matches());
    int visited = 1;
    for (int previous = -1; page.view().currentIndex().row() != previous; ++visited) {
        previous = page.view().currentIndex().row();
        QVERIFY(page.rows().rowAt(page.view().currentIndex()));
        QTest::keyClick(&page.view(), Qt::Key_Down);
    }
    QCOMPARE(visited - 1, page.rows().matches());
}

void HelpTest::escapeCloses_data()
{
    QTest::addColumn<HelpWindow::Page>("page");
    QTest::newRow("first steps") << HelpWindow::Page::FirstSteps;
    QTest::newRow("words") << HelpWindow::Page::Words;
    QTest::newRow("keys") << HelpWindow::Page::Keys;
    QTest::newRow("about") << HelpWindow::Page::About;
}

void HelpTest::escapeCloses()
{
    QFETCH(const HelpWindow::Page, page);
    Desk desk;
    desk.open(page);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Escape);
    QVERIFY(!desk.help->isVisible());
    QVERIFY(desk.main.isVisible());
}

void HelpTest::tabsAreReachedByKeys()
{
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(desk.help->page(), HelpWindow::Page::Keys);
    QVERIFY(desk.help->keys().field().hasFocus());
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_F, Qt::AltModifier);
    QCOMPARE(desk.help->page(), HelpWindow::Page::FirstSteps);
    QVERIFY(!qobject_cast<QLineEdit*>(desk.help->focusWidget()));
    QTest::keyClick(desk.help->windowHandle(), Qt::Key_A, Qt::AltModifier);
    QCOMPARE(desk.help->page(), HelpWindow::Page::About);
}

void HelpTest::staysOnTheScreen()
{
    Desk desk;
    desk.main.show();
    const QRect room = desk.main.screen()->availableGeometry();
    for (const QPoint at : {QPoint(0, 0), QPoint(500, 400), QPoint(-300, -200), QPoint(5000, 5000)})
        for (const int pixels : {14, 28, 42}) {
            QFont font = desk.help->font();
            font.setPixelSize(pixels);
            HelpWindow help(*desk.main.menuBar(), &desk.main);
            help.setFont(font);
            desk.main.move(at);
            help.showPage(HelpWindow::Page::Words);
            QVERIFY2(room.contains(help.frameGeometry()), "the help is beyond the screen");
        }
}

void HelpTest::opensBesideTheWindow()
{
    Desk desk;
    const QRect room = desk.main.screen()->availableGeometry();
    desk.main.resize(room.width() - 520, 300);
    desk.main.move(room.topLeft());
    desk.open(HelpWindow::Page::Keys);
    QVERIFY(!desk.help->frameGeometry().intersects(desk.main.frameGeometry()));
    // Where somebody has put it, it opens again.
    const QPoint chosen = room.topLeft() + QPoint(13, 17);
    desk.help->move(chosen);
    desk.help->close();
    desk.open(HelpWindow::Page::Words);
    QCOMPARE(desk.help->pos(), chosen);
}

void HelpTest::nothingIsModal()
{
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    QVERIFY(!desk.help->isModal());
    QVERIFY(!QApplication::activeModalWidget());
    desk.help->showPage(HelpWindow::Page::About); // the same window again
    QCOMPARE(desk.main.findChildren<HelpWindow*>().size(), 1);
}

void HelpTest::growsWithTheScale()
{
    Appearance appearance;
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    const RowsView& view = desk.help->words().view();
    const auto heightOf = [&view](int row) { return view.visualRect(view.model()->index(row, 0)).height(); };
    const int word = heightOf(1);
    const int heading = heightOf(0);
    const auto* picture = desk.help->findChild<PictureView*>();
    const QSize before = picture->sizeHint();
    const int width = desk.help->width();
    appearance.setScale(1.4);
    QTRY_VERIFY(heightOf(1) > word);
    QVERIFY(desk.help->width() > width); // so that the tabs and the pictures have room
    QVERIFY(desk.main.screen()->availableGeometry().contains(desk.help->frameGeometry()));
    QVERIFY(heightOf(0) > heading);
    QVERIFY(picture->sizeHint().width() > before.width());
    // Nothing is wider than the window.
    QVERIFY(view.visualRect(view.model()->index(1, 0)).width() <= view.viewport()->width());
    appearance.setScale(1);
    QTRY_COMPARE(heightOf(1), word);
}

void HelpTest::followsTheTheme()
{
    Appearance appearance;
    Desk desk;
    for (const auto choice : {Appearance::Choice::Dark, Appearance::Choice::Light}) {
        appearance.setChoice(choice);
        for (const auto page :
             {HelpWindow::Page::FirstSteps, HelpWindow::Page::Words, HelpWindow::Page::Keys, HelpWindow::Page::About}) {
            desk.open(page);
            const QImage image = desk.help->grab().toImage().scaled(1, 1, Qt::IgnoreAspectRatio,
                                                                    Qt::SmoothTransformation);
            QCOMPARE(image.pixelColor(0, 0).lightness() < 128, choice == Appearance::Choice::Dark);
        }
    }
}

void HelpTest::isReadOut()
{
    Desk desk;
    const HelpRowModel& words = desk.help->words().rows();
    for (int i = 0; i < words.rowCount(); ++i) {
        const QModelIndex index = words.index(i);
        if (const HelpRow* row = words.rowAt(index))
            QVERIFY2(index.data(Qt::AccessibleTextRole).toString().contains(row->text), qPrintable(row->title));
    }
    const HelpRowModel& keys = desk.help->keys().rows();
    for (int i = 0; i < keys.rowCount(); ++i) {
        const QModelIndex index = keys.index(i);
        if (const HelpRow* row = keys.rowAt(index))
            QVERIFY2(index.data(Qt::AccessibleTextRole).toString().contains(row->keys.first()), qPrintable(row->title));
    }
    for (const auto* cap : desk.help->findChildren<KeyCap*>())
        QVERIFY(cap->accessibleName().size() > cap->text().size());
    for (const auto* picture : desk.help->findChildren<PictureView*>())
        QVERIFY(!picture->accessibleName().isEmpty());
    for (const auto* label : desk.help->findChildren<QLabel*>())
        QVERIFY(label->accessibleName().isEmpty()); // it would be read instead of the text
}

void HelpTest::showsAWord()
{
    Desk desk;
    desk.open(HelpWindow::Page::Words);
    desk.help->words().field().setText(QStringLiteral("nothing of the sort"));
    desk.help->showWord(QStringLiteral("TCB"));
    QCOMPARE(desk.help->page(), HelpWindow::Page::Words);
    QCOMPARE(desk.help->words().view().currentIndex().data().toString(), QStringLiteral("TCB"));
}

void HelpTest::aboutSaysWhatThisIs()
{
    Desk desk;
    desk.open(HelpWindow::Page::About);
    QString text;
    for (const auto* label : desk.help->findChildren<QLabel*>())
        if (label->isVisible())
            text += label->text();
    for (const char* said : {"Interleave 1.2.3", "GPL-3.0-or-later", "README"})
        QVERIFY2(text.contains(QLatin1String(said)), said);
    QVERIFY(text.contains(QString::fromLatin1(qVersion())));
}

void HelpTest::lostLeadsToTheStoresThatCauseIt()
{
    const MainWindow window;
    const KeysPage page(*window.menuBar());
    page.field().setText(QStringLiteral("lost"));
    QStringList keys;
    for (int i = 0; i < page.rows().rowCount(); ++i)
        if (const HelpRow* row = page.rows().rowAt(page.rows().index(i)))
            keys << row->keys;
    for (const char* key : {"N", "P", "J"})
        QVERIFY2(keys.contains(QLatin1String(key)), key);
}

// The keys that the window itself has for it.
void HelpTest::opensFromTheMenus()
{
    MainWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(window.windowHandle(), Qt::Key_F1);
    const auto* help = window.findChild<HelpWindow*>();
    QVERIFY(help && help->isVisible());
    QCOMPARE(help->page(), HelpWindow::Page::Keys);
}

QTEST_MAIN(HelpTest)
#include "help_test.moc"
