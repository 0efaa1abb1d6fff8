// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration/narration_bar.h"

#include "made_history.h"
#include "narration/link_button.h"
#include "playback/playback.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QVBoxLayout>

using namespace interleave;

namespace {

constexpr auto L = EventKind::Load;
constexpr auto A = EventKind::Add;
constexpr auto S = EventKind::Store;

// Three lose to one another in turn: B's store destroys A's update, and C's destroys B's.
std::shared_ptr<const History> chain()
{
    return std::make_shared<MadeHistory>(
        3, 1, std::vector<MadeHistory::Line>{{0, L}, {1, L}, {2, L}, {0, A}, {0, S}, {1, A}, {1, S}, {2, A}, {2, S}});
}

// A window whose focus lies elsewhere, as it does on the stage.
struct Shown {
    explicit Shown(std::shared_ptr<const History> history, int width = 1200)
    {
        auto* column = new QVBoxLayout(&window);
        stage = new QWidget;
        stage->setFocusPolicy(Qt::StrongFocus);
        column->addWidget(stage, 1);
        bar = new NarrationBar(playback);
        column->addWidget(bar);
        window.resize(width, 500);
        window.setPalette(Theme::light().palette());
        playback.setHistory(std::move(history));
        window.show();
        window.activateWindow();
        stage->setFocus();
    }
    [[nodiscard]] LinkButton* link(const char* name) const { return bar->findChild<LinkButton*>(QLatin1String(name)); }
    [[nodiscard]] LinkButton* on() const { return link("narrationLink"); }
    [[nodiscard]] LinkButton* back() const { return link("narrationLinkBack"); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window, key, modifiers); }

    Playback playback{nullptr, [] { return std::chrono::nanoseconds{0}; }};
    QWidget window;
    QWidget* stage = nullptr;
    NarrationBar* bar = nullptr;
};

} // namespace

class NarrationBarTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void theLostUpdateCanBeFollowedByKey()
    {
        Shown shown(lostUpdateRace());
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.key(Qt::Key_J);
        QCOMPARE(shown.playback.step(), Step{0}); // nothing to follow
        QVERIFY(!shown.bar->followAction()->isEnabled());
        shown.playback.setStep(7);
        shown.key(Qt::Key_J);
        QCOMPARE(shown.playback.step(), Step{8});
        shown.key(Qt::Key_J);
        QCOMPARE(shown.playback.step(), Step{7});
        shown.playback.setStep(8);
        shown.key(Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(shown.playback.step(), Step{7});
        QVERIFY(!shown.bar->followBackAction()->isEnabled());
        QVERIFY(shown.stage->hasFocus());
    }

    void fromTheMiddleOfAChainBothWaysAreOffered()
    {
        Shown shown(chain());
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.playback.setStep(7); // B's store: destroys A's update, and is destroyed by C's
        QVERIFY(shown.on()->isVisible() && shown.back()->isVisible());
        QVERIFY(!shown.on()->geometry().intersects(shown.back()->geometry()));
        QVERIFY(shown.bar->rect().contains(shown.on()->geometry()));
        QVERIFY(shown.bar->rect().contains(shown.back()->geometry()));
        shown.key(Qt::Key_J);
        QCOMPARE(shown.playback.step(), Step{9});
        shown.key(Qt::Key_J);
        QCOMPARE(shown.playback.step(), Step{7});
        shown.key(Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(shown.playback.step(), Step{5});
    }

    void theMouseFollowsAndLeavesTheFocusWhereItIs()
    {
        Shown shown(lostUpdateRace());
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        QVERIFY(!shown.on()->isVisible());
        shown.playback.setStep(7);
        QVERIFY(shown.on()->isVisible() && !shown.back()->isVisible());
        QTest::mouseClick(shown.on(), Qt::LeftButton);
        QCOMPARE(shown.playback.step(), Step{8});
        QVERIFY(shown.stage->hasFocus());
    }

    void tabReachesTheLinkAndSpaceTakesIt()
    {
        Shown shown(lostUpdateRace());
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        shown.playback.setStep(7);
        shown.key(Qt::Key_Tab);
        QVERIFY(shown.on()->hasFocus());
        QTest::keyClick(shown.on(), Qt::Key_Space);
        QCOMPARE(shown.playback.step(), Step{8});
    }

    void aScreenReaderReadsSentencesAndLinks()
    {
        Shown shown(lostUpdateRace());
        shown.playback.setStep(7);
        QAccessibleInterface* link = QAccessible::queryAccessibleInterface(shown.on());
        QVERIFY(link);
        QCOMPARE(link->text(QAccessible::Name), QStringLiteral("On to B's store"));
        QVERIFY(link->text(QAccessible::Description).contains(QLatin1Char('J')));
        QVERIFY(shown.bar->accessibleDescription().contains(shown.bar->narration().headline));
        QVERIFY(shown.bar->accessibleDescription().contains(shown.bar->narration().detail));
    }

    void whatIsToldCanBeCopied()
    {
        Shown shown(lostUpdateRace());
        shown.playback.setStep(8);
        shown.bar->copyAction()->trigger();
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY(text.startsWith(shown.bar->narration().headline));
        QVERIFY(text.endsWith(shown.bar->narration().detail));
    }

    // What is told of the first lost update is there to be read as a whole, in a window of any sensible size.
    void nothingOfTheFirstLostUpdateIsCut_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("1") << 1.0;
        QTest::newRow("1.35") << 1.35;
    }
    void nothingOfTheFirstLostUpdateIsCut()
    {
        QFETCH(double, scale);
        const auto race = lostUpdateRace();
        QFont headline = QApplication::font();
        QFont detail = headline;
        headline.setPixelSize(qRound(19 * scale));
        headline.setBold(true);
        detail.setPixelSize(qRound(normalTextPixels * scale));
        for (Step step = 0; step < race->steps(); ++step) {
            const Narration told = narrate(*race, step);
            const double room = 1280 - (3 * 14 + 34 + 170) * scale; // beside the badge and the link
            QVERIFY2(QFontMetricsF(headline).horizontalAdvance(told.headline) <= room, qPrintable(told.headline));
            QCOMPARE(textInLines(told.detail, detail, room, 2).simplified(), told.detail);
        }
    }
};

QTEST_MAIN(NarrationBarTest)
#include "narration_bar_test.moc"
