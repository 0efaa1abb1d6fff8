// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/source_view.h"
#include "controls/flat_slider.h"
#include "history/ledger.h"
#include "ledger/ledger_table.h"
#include "playback/playback.h"
#include "timeline/timeline_pane.h"
#include "timeline/timeline_view.h"
#include "unexpected_warnings.h"
#include "window/appearance.h"
#include "window/key_focus.h"
#include "window/main_window.h"
#include "window/run_controller.h"
#include "window/stage_tab.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QWindow>

using namespace interleave;

namespace {

constexpr int patience = 60'000; // ms

// A window with a fresh profile, driven as a hand would: events go to the window, and Qt finds whoever they are for.
struct Hand {
    explicit Hand(const QSize& size = {1280, 800}) : window(nullptr, size)
    {
        window.resize(size);
        window.show();
        active = QTest::qWaitForWindowActive(&window);
    }
    template <typename T>
    [[nodiscard]] T& in(const char* name = nullptr) const
    {
        return name ? *window.findChild<T*>(QLatin1String(name)) : *window.findChild<T*>();
    }
    [[nodiscard]] Playback& playback() const { return in<Playback>(); }
    [[nodiscard]] QWidget& stage() const { return in<StageTab>().stage(); }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(window.windowHandle(), key, modifiers);
    }
    [[nodiscard]] QPoint middleOf(const QWidget& widget) const { return widget.mapTo(&window, widget.rect().center()); }
    void click(const QWidget& widget) { clickAt(middleOf(widget)); }
    void clickAt(const QPoint& point) { QTest::mouseClick(window.windowHandle(), Qt::LeftButton, {}, point); }
    void drag(const QPoint& from, const QPoint& to)
    {
        QTest::mousePress(window.windowHandle(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(window.windowHandle(), from + (to - from) * i / 8);
        QTest::mouseRelease(window.windowHandle(), Qt::LeftButton, {}, to);
    }
    // Goes on with Tab until the widget has the focus; false if it never gets it.
    bool tabTo(const QWidget& widget)
    {
        for (int i = 0; i < 300 && !widget.hasFocus(); ++i)
            press(Qt::Key_Tab);
        return widget.hasFocus();
    }

    MainWindow window;
    bool active = false;
};

// Something to do with the mouse that must not change who hears the keys.
struct MouseDeed {
    const char* name;
    void (*deed)(Hand&);
};

void dragSlider(Hand& hand)
{
    for (FlatSlider* slider : hand.window.findChildren<FlatSlider*>())
        if (slider->isVisible() && slider->isEnabled() && slider->objectName() != QLatin1String("speedSlider")
            && slider->height() > 0 && !slider->visibleRegion().isEmpty()) {
            const QPoint from = hand.middleOf(*slider);
            hand.drag(from, from + QPoint(slider->width() / 4, 0));
            return;
        }
}

void clickTabAway(Hand& hand)
{
    auto& tabs = hand.in<QTabWidget>();
    const QTabBar& bar = *tabs.tabBar();
    for (const int tab : {1, 0})
        hand.clickAt(bar.mapTo(&hand.window, bar.tabRect(tab).center()));
}

void chooseFromList(Hand& hand)
{
    auto& programs = hand.in<QComboBox>("machineProgram");
    hand.click(programs);
    if (QWidget* const popup = QApplication::activePopupWidget())
        QTest::keyClick(popup, Qt::Key_Escape);
}

const MouseDeed deeds[] = {
    {"nothing", [](Hand&) {}},
    {"the stage is clicked", [](Hand& hand) { hand.click(hand.stage()); }},
    {"a slider is dragged", dragSlider},
    {"another tab and back", clickTabAway},
    {"a list is opened and closed", chooseFromList},
    {"the timeline is clicked", [](Hand& hand) { hand.click(hand.in<TimelinePane>().replayed()); }},
    {"the ledger is clicked", [](Hand& hand) { hand.click(*hand.in<LedgerTable>().viewport()); }},
    {"the code is clicked", [](Hand& hand) { hand.click(*hand.in<SourceView>("codeReader").viewport()); }},
    {"a number was typed, then the stage is clicked",
     [](Hand& hand) {
         for (QSpinBox* box : hand.window.findChildren<QSpinBox*>())
             if (box->isVisible() && box->isEnabled()) {
                 hand.click(*box);
                 break;
             }
         hand.click(hand.stage());
     }},
};

} // namespace

class WindowKeysTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("InterleaveTest"));
        QCoreApplication::setApplicationName(QStringLiteral("window_keys_test"));
        QTest::failOnWarning(unexpectedWarning());
    }
    void init() { QSettings().clear(); }

    void playbackKeysPlay_data();
    void playbackKeysPlay();
    void reachedControlKeepsItsKeys();
    void reachedButtonTakesEnter();
    void textKeepsItsKeys();
    void everythingOnTheToolBarIsReached();
    void hangulLettersAreTheirKeys();
    void jamoStandOnTheirKeys();
};

void WindowKeysTest::playbackKeysPlay_data()
{
    QTest::addColumn<int>("deed");
    for (std::size_t i = 0; i < std::size(deeds); ++i)
        QTest::newRow(deeds[i].name) << static_cast<int>(i);
}

// Wherever the mouse has been.
void WindowKeysTest::playbackKeysPlay()
{
    QFETCH(int, deed);
    Hand hand;
    QVERIFY(hand.active);
    deeds[deed].deed(hand);
    Playback& playback = hand.playback();
    QVERIFY(playback.steps() > 3);
    playback.toStart();
    hand.press(Qt::Key_Right);
    QCOMPARE(playback.step(), Step{1});
    hand.press(Qt::Key_End);
    QCOMPARE(playback.step(), playback.steps());
    hand.press(Qt::Key_Left);
    QCOMPARE(playback.step(), playback.steps() - 1);
    hand.press(Qt::Key_Home);
    QCOMPARE(playback.step(), Step{0});
    hand.press(Qt::Key_PageDown); // a presenter's remote
    QCOMPARE(playback.step(), Step{1});
    hand.press(Qt::Key_PageUp);
    QCOMPARE(playback.step(), Step{0});
    hand.press(Qt::Key_N);
    QVERIFY(playback.step() > 0);
    hand.press(Qt::Key_Home);
    hand.press(Qt::Key_Space);
    QVERIFY(playback.isPlaying());
    hand.press(Qt::Key_Space);
    QVERIFY(!playback.isPlaying());
    // And the timeline's letters.
    TimelineView& timeline = hand.in<TimelinePane>().replayed();
    QTRY_VERIFY_WITH_TIMEOUT(timeline.index() != nullptr, patience);
    QCOMPARE(timeline.tracksShown(), TrackName::Kind::Thread);
    hand.press(Qt::Key_C);
    QCOMPARE(timeline.tracksShown(), TrackName::Kind::Core);
    QVERIFY(!hand.window.focusWidget() || !KeyFocus::takesText(hand.window.focusWidget()));
}

// Tab leads there: from then on it is worked by its keys, until Escape.
void WindowKeysTest::reachedControlKeepsItsKeys()
{
    Hand hand;
    QVERIFY(hand.active);
    Playback& playback = hand.playback();
    auto& slider = hand.in<FlatSlider>("speedSlider");
    QVERIFY(hand.tabTo(slider));
    const Step step = playback.step();
    const int value = slider.value();
    hand.press(Qt::Key_Right);
    QCOMPARE(playback.step(), step);
    QVERIFY(slider.value() != value);
    // A letter is no key of a slider.
    hand.press(Qt::Key_N);
    QVERIFY(playback.step() != step);
    hand.press(Qt::Key_Escape);
    QVERIFY(hand.stage().hasFocus());
    hand.press(Qt::Key_Home);
    hand.press(Qt::Key_Right);
    QCOMPARE(playback.step(), Step{1});
    // The mouse on the same slider makes it no control that was reached.
    hand.click(slider);
    hand.press(Qt::Key_Right);
    QCOMPARE(playback.step(), Step{2});
}

void WindowKeysTest::reachedButtonTakesEnter()
{
    Hand hand;
    QVERIFY(hand.active);
    auto& forward = hand.in<QAbstractButton>("forwardButton");
    QVERIFY(hand.tabTo(forward));
    hand.press(Qt::Key_Return);
    QCOMPARE(hand.playback().step(), Step{1});
    hand.press(Qt::Key_Space);
    QCOMPARE(hand.playback().step(), Step{2});
    QVERIFY(!hand.playback().isPlaying());
    QVERIFY(!hand.in<RunController>().isRunning());
}

void WindowKeysTest::textKeepsItsKeys()
{
    Hand hand;
    QVERIFY(hand.active);
    QSpinBox* box = nullptr;
    for (QSpinBox* each : hand.window.findChildren<QSpinBox*>())
        if (!box && each->isVisible() && each->isEnabled() && !each->visibleRegion().isEmpty())
            box = each;
    QVERIFY(box);
    hand.click(*box);
    QVERIFY(box->hasFocus());
    const Step step = hand.playback().step();
    hand.press(Qt::Key_End);
    hand.press(Qt::Key_Left);
    hand.press(Qt::Key_Home);
    QCOMPARE(hand.playback().step(), step);
    QVERIFY(box->hasFocus());
    hand.press(Qt::Key_Escape);
    QVERIFY(hand.stage().hasFocus());
}

void WindowKeysTest::everythingOnTheToolBarIsReached()
{
    Hand hand({1920, 1000});
    QVERIFY(hand.active);
    const auto& bar = hand.in<QToolBar>();
    for (QAction* action : bar.actions()) {
        QWidget* const button = bar.widgetForAction(action);
        if (!button || !qobject_cast<QAbstractButton*>(button))
            continue;
        hand.stage().setFocus();
        if (button->isEnabled())
            QVERIFY2(hand.tabTo(*button), qPrintable(action->text() + QString::number(button->isVisible())
                                                       + QString::number(button->focusPolicy())));
    }
}

void WindowKeysTest::hangulLettersAreTheirKeys()
{
    Hand hand;
    QVERIFY(hand.active);
    QWidget* const focused = QApplication::focusWidget();
    QVERIFY(focused);
    // N, as it comes from a Korean keyboard.
    QTest::sendKeyEvent(QTest::Click, focused, static_cast<Qt::Key>(U'ㅜ'), QStringLiteral("ㅜ"), Qt::NoModifier);
    QVERIFY(hand.playback().step() > 0);
    // P leads back; the key names a letter that the shortcut map does not know.
    hand.playback().toEnd();
    QTest::sendKeyEvent(QTest::Click, focused, Qt::Key_unknown, QStringLiteral("ㅔ"), Qt::NoModifier);
    QVERIFY(hand.playback().step() < hand.playback().steps());
}

void WindowKeysTest::jamoStandOnTheirKeys()
{
    const QString rows = QStringLiteral("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ");
    const QString keys = QStringLiteral("QWERTYUIOPASDFGHJKLZXCVBNM");
    for (qsizetype i = 0; i < rows.size(); ++i)
        QCOMPARE(KeyFocus::latinOf(rows[i].unicode()), keys[i].toLatin1());
    QCOMPARE(KeyFocus::latinOf(U'ㅆ'), 'T');
    QCOMPARE(KeyFocus::latinOf(U'가'), char{0});
    QCOMPARE(KeyFocus::latinOf(U'n'), char{0});
}

QTEST_MAIN(WindowKeysTest)
#include "window_keys_test.moc"
