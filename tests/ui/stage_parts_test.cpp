// SPDX-License-Identifier: GPL-3.0-or-later
// What a stage says of its parts to somebody who points at them, and what it says of itself to somebody who is new.
#include "layout_checks.h"
#include "machine_run.h"
#include "made_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/stage_invitation.h"
#include "stage/stage_parts.h"
#include "stage/stage_view.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWhatsThis>

using namespace interleave;

namespace {

using Kind = EventKind;

// B waits for the lock that A holds; threads begin by taking it.
class LockedHistory : public MadeHistory {
public:
    LockedHistory()
        : MadeHistory(2, 1,
                      spawned(2, {{0, Kind::LockAcquire},
                                  {0, Kind::Load},
                                  {1, Kind::LockWait, 0},
                                  {0, Kind::Add},
                                  {0, Kind::Store},
                                  {0, Kind::LockRelease},
                                  {1, Kind::LockAcquire}}))
    {}

    [[nodiscard]] State state(Step step) const override
    {
        State state = MadeHistory::state(step);
        for (ThreadState& thread : state.threads) {
            if (thread.next == LoopInstruction::None)
                thread.next = LoopInstruction::Acquire;
        }
        return state;
    }
};

QSet<StagePart> partsOf(const PartRegions& regions)
{
    QSet<StagePart> parts;
    for (const PartRegion& region : regions)
        parts.insert(region.part);
    return parts;
}

} // namespace

class StagePartsTest : public QObject {
    Q_OBJECT

private:
    Playback m_playback;
    Selection m_selection;

    // Every region lies on the stage, has a text, and is found by pointing at it where nothing smaller lies upon it.
    static void sweep(const CardStage& stage, const QSet<StagePart>& expected)
    {
        const PartRegions regions = stage.parts();
        for (const StagePart part : expected)
            QVERIFY2(partsOf(regions).contains(part), qPrintable(nameOf(part)));
        const QRectF all(stage.rect());
        QSet<StagePart> reached;
        for (const PartRegion& region : regions) {
            QVERIFY2(!region.rect.isEmpty(), qPrintable(nameOf(region.part)));
            QVERIFY2(within(all, region.rect), qPrintable(nameOf(region.part)));
            QVERIFY(!textOf(region).isEmpty());
            QVERIFY2(region.here.isEmpty() || region.here.endsWith(u'.'), qPrintable(region.here));
            QVERIFY2(!region.here.contains(QRegularExpression(QStringLiteral("%[0-9]"))), qPrintable(region.here));
        }
        for (int y = 2; y < stage.height(); y += 3) {
            for (int x = 2; x < stage.width(); x += 3) {
                if (const PartRegion* region = regionAt(regions, QPointF(x, y)))
                    reached.insert(region->part);
            }
        }
        for (const StagePart part : expected)
            QVERIFY2(reached.contains(part), qPrintable(nameOf(part)));
    }

private slots:
    void initTestCase()
    {
        // At scale 1, as the window has it.
        QFont font = qApp->font();
        font.setPixelSize(normalTextPixels);
        qApp->setFont(font);
    }
    void init()
    {
        // Asking what something is grabs the keyboard, which the offscreen platform cannot.
        const bool asks = qstrcmp(QTest::currentTestFunction(), "whatsThisTellsOfThePart") == 0;
        QTest::failOnWarning(asks ? QRegularExpression(QStringLiteral("^(?!This plugin does not support)"))
                                  : unexpectedWarning());
        qApp->setPalette(Theme::light().palette());
    }
    void cleanup()
    {
        QToolTip::hideText();
        QWhatsThis::hideText();
        m_playback.setHistory(nullptr);
    }

    void everyPartHasAnExplanation();
    void partsOfHardwareAreFound();
    void partsOfTheMachineAreFound();
    void toolTipsTellOfThePart();
    void whatsThisTellsOfThePart();
    void anInvitationLeavesValuesFree_data();
    void anInvitationLeavesValuesFree();
    void anInvitationLetsTheMouseThrough();
    void anInvitationHasAButton();
    void anInvitationGrowsWithTheStage();
    void aLongInvitationTakesTwoLines();
};

void StagePartsTest::everyPartHasAnExplanation()
{
    QSet<QString> names;
    for (int part = 0; part <= static_cast<int>(StagePart::Legend); ++part) {
        const auto which = static_cast<StagePart>(part);
        QVERIFY(!nameOf(which).isEmpty());
        names.insert(nameOf(which));
        const QString sentence = explanationOf(which);
        QVERIFY2(sentence.endsWith(u'.') && !sentence.contains(QLatin1String(". ")), qPrintable(sentence));
    }
    QCOMPARE(names.size(), static_cast<int>(StagePart::Legend) + 1);
}

void StagePartsTest::partsOfHardwareAreFound()
{
    StageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    QVERIFY(stage.parts().empty());
    m_playback.setHistory(lostUpdateRace());
    m_playback.setStep(m_playback.history()->steps());
    sweep(stage, {StagePart::ThreadState, StagePart::Tcb, StagePart::ProgramCounter, StagePart::Stack, StagePart::Frame,
                  StagePart::Tally, StagePart::Core, StagePart::ReadyQueue, StagePart::SharedMemory, StagePart::Code,
                  StagePart::Data, StagePart::Heap, StagePart::Counter, StagePart::Token, StagePart::Lost});
    m_playback.setHistory(std::make_shared<LockedHistory>());
    m_playback.setStep(5); // B waits for A
    sweep(stage, {StagePart::Lock, StagePart::Blocked, StagePart::Register, StagePart::Counter});
    m_playback.setHistory(std::make_shared<LongHistory>(60, 2, 3));
    m_playback.setStep(9);
    sweep(stage, {StagePart::ThreadState, StagePart::Counter, StagePart::Legend});
}

void StagePartsTest::partsOfTheMachineAreFound()
{
    MachineStageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    const auto race = machineRun(BuiltIn::UnlockedCounter, 2, 2, 1);
    m_playback.setHistory(race);
    for (Step step = 0; step <= race->steps(); ++step) {
        m_playback.setStep(step);
        sweep(stage, {StagePart::ThreadState, StagePart::ProgramCounter, StagePart::Stack, StagePart::Tally,
                      StagePart::Core, StagePart::ReadyQueue, StagePart::Scheduler, StagePart::SharedMemory,
                      StagePart::Code, StagePart::Data, StagePart::Heap, StagePart::Counter});
    }
    const auto found = [&](StagePart part) {
        for (Step step = 0; step <= race->steps(); ++step) {
            m_playback.setStep(step);
            if (partsOf(stage.parts()).contains(part))
                return true;
        }
        return false;
    };
    for (const StagePart part : {StagePart::Register, StagePart::Tcb, StagePart::Frame, StagePart::Token})
        QVERIFY2(found(part), qPrintable(nameOf(part)));
    const auto buffer = machineRun(BuiltIn::BoundedBuffer, 4, 2);
    m_playback.setHistory(buffer);
    m_playback.setStep(buffer->steps() / 2);
    sweep(stage, {StagePart::Lock, StagePart::Variable, StagePart::Flags});
}

void StagePartsTest::toolTipsTellOfThePart()
{
    StageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    stage.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stage));
    m_playback.setHistory(lostUpdateRace());
    m_playback.setStep(3); // A has loaded
    const PartRegions regions = stage.parts();
    for (const StagePart part : {StagePart::Counter, StagePart::Code, StagePart::Register}) {
        const auto found = std::ranges::find(regions, part, &PartRegion::part);
        if (found == regions.end())
            continue;
        const QPoint at = found->rect.center().toPoint();
        const PartRegion* meant = regionAt(regions, at);
        QHelpEvent event(QEvent::ToolTip, at, stage.mapToGlobal(at));
        QCoreApplication::sendEvent(&stage, &event);
        QCOMPARE(QToolTip::text(), textOf(*meant));
        QVERIFY(QToolTip::text().contains(explanationOf(meant->part).toHtmlEscaped()));
    }
}

void StagePartsTest::whatsThisTellsOfThePart()
{
    StageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    stage.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stage));
    m_playback.setHistory(lostUpdateRace());
    const PartRegions regions = stage.parts();
    const auto counter = std::ranges::find(regions, StagePart::Counter, &PartRegion::part);
    QVERIFY(counter != regions.end());
    const QPoint at = counter->rect.center().toPoint();
    QHelpEvent query(QEvent::QueryWhatsThis, at, stage.mapToGlobal(at));
    QCoreApplication::sendEvent(&stage, &query);
    QVERIFY(query.isAccepted());
    QHelpEvent ask(QEvent::WhatsThis, at, stage.mapToGlobal(at));
    QCoreApplication::sendEvent(&stage, &ask);
    const auto shown = [] {
        const auto widgets = QApplication::topLevelWidgets();
        return std::ranges::any_of(widgets, [](const QWidget* widget) {
            return widget->isVisible() && widget->inherits("QWhatsThat");
        });
    };
    QVERIFY(shown());
    QWhatsThis::hideText();
    // The keys for it: with the mouse elsewhere the next click asks.
    stage.setFocus();
    QTest::keyClick(&stage, Qt::Key_F1, Qt::ShiftModifier);
    QVERIFY(QWhatsThis::inWhatsThisMode() || shown());
    QWhatsThis::leaveWhatsThisMode();
}

void StagePartsTest::anInvitationLeavesValuesFree_data()
{
    QTest::addColumn<bool>("machine");
    QTest::addColumn<QSize>("size");
    for (const bool machine : {false, true})
        for (const QSize size : {QSize(600, 380), QSize(690, 420), QSize(900, 600), QSize(1280, 640), QSize(1920, 900)})
            QTest::addRow("%s at %dx%d", machine ? "machine" : "hardware", size.width(), size.height())
                << machine << size;
}

void StagePartsTest::anInvitationLeavesValuesFree()
{
    QFETCH(bool, machine);
    QFETCH(QSize, size);
    std::unique_ptr<CardStage> stage;
    if (machine) {
        stage = std::make_unique<MachineStageView>(m_playback, m_selection);
        m_playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 2, 1, 1));
    } else {
        stage = std::make_unique<StageView>(m_playback, m_selection);
        m_playback.setHistory(lostUpdateRace());
    }
    stage->resize(size);
    auto* invitation = new StageInvitation(*stage);
    QVERIFY(invitation->isHidden());
    stage->show();
    for (const bool end : {false, true}) {
        m_playback.setStep(end ? m_playback.history()->steps() : 0);
        invitation->setText(end ? QStringLiteral("Now with 50 real threads") : QStringLiteral("Press Space"));
        invitation->setButton(end ? QStringLiteral("50 × 200,000") : QString());
        invitation->invite();
        QVERIFY(invitation->isVisible());
        QVERIFY(stage->rect().contains(invitation->geometry()));
        QVERIFY2(invitation->textPixels() >= (size.height() >= 420 ? 20 : 14),
                 QByteArray::number(invitation->textPixels()).constData());
        for (const PartRegion& region : stage->parts()) {
            const bool value = region.part == StagePart::Register || region.part == StagePart::Tcb
                            || region.part == StagePart::Counter || region.part == StagePart::Lost;
            if (value) {
                const QRectF covered = region.rect.intersected(QRectF(invitation->geometry()));
                QVERIFY2(covered.height() < region.rect.height() * 0.2, qPrintable(nameOf(region.part)));
            }
        }
    }
}

void StagePartsTest::anInvitationLetsTheMouseThrough()
{
    StageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    m_playback.setHistory(lostUpdateRace());
    StageInvitation invitation(stage);
    invitation.setText(QStringLiteral("Press Space"));
    stage.show();
    QVERIFY(QTest::qWaitForWindowActive(&stage));
    invitation.invite();
    invitation.placeIn(stage.cardRect(0));
    QTest::mouseClick(stage.windowHandle(), Qt::LeftButton, {}, invitation.geometry().center());
    QCOMPARE(m_selection.thread(), std::optional<ThreadIndex>(0));
    m_selection.selectThread(std::nullopt);
    invitation.setButton(QStringLiteral("Go on"));
    invitation.placeIn(stage.cardRect(0));
    QTest::mouseClick(stage.windowHandle(), Qt::LeftButton, {}, invitation.geometry().topLeft() + QPoint(30, 20));
    QCOMPARE(m_selection.thread(), std::optional<ThreadIndex>(0));
}

void StagePartsTest::anInvitationHasAButton()
{
    StageView stage(m_playback, m_selection);
    stage.resize(900, 600);
    m_playback.setHistory(lostUpdateRace());
    StageInvitation invitation(stage);
    invitation.setText(QStringLiteral("Now with 50 real threads"));
    invitation.setButton(QStringLiteral("50 × 200,000"));
    stage.show();
    QVERIFY(QTest::qWaitForWindowActive(&stage));
    stage.setFocus();
    invitation.invite();
    const QSignalSpy pressed(&invitation, &StageInvitation::pressed);
    QTest::mouseClick(invitation.button(), Qt::LeftButton);
    QCOMPARE(pressed.count(), 1);
    QVERIFY(stage.hasFocus()); // the mouse does not move it
    while (!invitation.button()->hasFocus()) {
        QWidget* before = QApplication::focusWidget();
        QTest::keyClick(before, Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget() != before || m_selection.thread());
    }
    QTest::keyClick(invitation.button(), Qt::Key_Space);
    QCOMPARE(pressed.count(), 2);
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&invitation);
    QVERIFY(accessible);
    QCOMPARE(accessible->text(QAccessible::Name), invitation.text());
    invitation.dismiss();
    QVERIFY(stage.hasFocus());
    QVERIFY(invitation.isHidden());
}

void StagePartsTest::anInvitationGrowsWithTheStage()
{
    StageView stage(m_playback, m_selection);
    stage.resize(690, 420);
    m_playback.setHistory(lostUpdateRace());
    StageInvitation invitation(stage);
    invitation.setText(QStringLiteral("Press Space"));
    stage.show();
    invitation.invite();
    const double small = invitation.textPixels();
    QVERIFY(small >= 22);
    stage.resize(1280, 640);
    QTRY_VERIFY(invitation.textPixels() > small);
    QVERIFY(stage.rect().contains(invitation.geometry()));
}

void StagePartsTest::aLongInvitationTakesTwoLines()
{
    MachineStageView stage(m_playback, m_selection);
    m_playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 2, 1, 1));
    m_playback.setStep(m_playback.history()->steps());
    StageInvitation invitation(stage);
    invitation.setText(QStringLiteral("Now the same with real threads: 10,000,000 is expected. See what you get."));
    invitation.setButton(QStringLiteral("Run 50 × 200,000"));
    stage.show();
    for (const QSize size : {QSize(560, 360), QSize(660, 400), QSize(690, 420), QSize(1280, 640), QSize(1920, 900)}) {
        stage.resize(size);
        invitation.invite();
        QVERIFY(stage.rect().contains(invitation.geometry()));
        QVERIFY(invitation.rect().contains(invitation.button()->geometry()));
        QVERIFY2(invitation.textPixels() >= (size.width() >= 660 ? 16 : 14),
                 QByteArray::number(invitation.textPixels()).constData());
    }
}

QTEST_MAIN(StagePartsTest)
#include "stage_parts_test.moc"
