// SPDX-License-Identifier: GPL-3.0-or-later
// Locks on the timeline: where they are held and waited for is seen at every zoom, and any of them can be lit.
#include "picture_checks.h"
#include "timeline/lock_stretches.h"
#include "timeline/lock_text.h"
#include "timeline/timeline_text.h"
#include "timeline_desk.h"
#include "unexpected_warnings.h"

#include <QTest>

using namespace interleave;

namespace {

using Kind = TrackName::Kind;

QColor at(const QImage& image, int x, double y)
{
    return image.pixelColor(x, static_cast<int>(y));
}

bool alike(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 40;
}

// Whether a thread holds (waits for) the lock at any time of a column of pixels, by the spans of the index.
bool uses(const TimelineIndex& index, LockIndex lock, ThreadIndex thread, const VisibleTime& view, int x,
          Activity activity)
{
    const double from = view.timeAt(x);
    const double to = view.timeAt(x + 1);
    const auto spans = index.spansOfUse(lock, thread, static_cast<Time>(from), static_cast<Time>(to) + 1, 100000);
    return std::any_of(spans->begin(), spans->end(), [&](const TimelineSpan& span) {
        return span.activity == activity && static_cast<double>(span.begin)<to&& static_cast<double>(span.end)> from;
    });
}

} // namespace

class TimelineLitTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void whoHoldsIsInWords();
    void namesOfLocks();
    void heldIsSeenAtEveryZoom_data();
    void heldIsSeenAtEveryZoom();
    void litIsWhereItIsUsed();
    void coresAreLitWhereTheHolderRuns();
    void aRowForEachLock();
    void hoverLightsALock();
    void keysStepThroughTheLocks();
    void withoutLocksNothingIsDifferent();
};

void TimelineLitTest::whoHoldsIsInWords()
{
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, 12));
    const TimelineIndex& index = *desk.view.index();
    QCOMPARE(index.locks(), std::size_t{1});
    int several = 0;
    for (Time time = 0; time < index.end(); ++time) {
        const auto spans = index.spans({Kind::Lock, 0}, time, time + 1, 8);
        const TimelineSpan& held = spans->back();
        const std::vector<ThreadIndex> waiters = waitersFor(index, 0, static_cast<double>(time));
        QString text = QStringLiteral("lock mutex: ");
        text += held.activity == Activity::Running
                  ? QStringLiteral("held by %1 since tick %2").arg(letterOf(held.who)).arg(held.begin)
                  : QStringLiteral("free");
        if (waiters.size() == 1)
            text += QStringLiteral("; %1 waits").arg(letterOf(waiters.front()));
        else if (!waiters.empty())
            text += QStringLiteral("; %1 wait").arg(lettersText(waiters));
        QCOMPARE(lockMomentText(index, 0, static_cast<double>(time), desk.view.locks(), TimeUnit::Ticks), text);
        several += waiters.size() > 1 ? 1 : 0;
        for (const ThreadIndex thread : waiters) {
            QVERIFY(thread != held.who);
            const QString place = placeText(index, {Kind::Thread, thread}, static_cast<double>(time), 0,
                                            TimeUnit::Ticks, desk.view.locks());
            QVERIFY2(place.contains(text), qPrintable(place));
        }
    }
    QVERIFY(several > 10);
    // Of the whole run, what each thread held adds up to what the lock was held.
    Time held = 0;
    for (ThreadIndex thread = 0; thread < 4; ++thread) {
        const auto spans = index.spansOfUse(0, thread, 0, index.end(), 100000);
        Time own = 0;
        for (const TimelineSpan& span : *spans)
            own += span.activity == Activity::Running ? span.end - span.begin : 0;
        held += own;
        const QString text = desk.view.trackDescription(static_cast<int>(thread));
        QVERIFY2(text.contains(QStringLiteral("holding lock mutex %1 ticks").arg(own)), qPrintable(text));
    }
    QCOMPARE(trackSumsText(index, {Kind::Lock, 0}, 0, desk.view.visible().end, TimeUnit::Ticks, desk.view.locks()),
             QStringLiteral("lock mutex: held %1 ticks").arg(held));
}

void TimelineLitTest::namesOfLocks()
{
    QCOMPARE(lockText(0, {QString()}), QStringLiteral("lock"));
    QCOMPARE(lockText(1, {QStringLiteral("1"), QStringLiteral("2")}), QStringLiteral("lock 2"));
    QCOMPARE(lockText(0, {QStringLiteral("m")}), QStringLiteral("lock m"));
    QCOMPARE(lettersText({}), QString());
    QCOMPARE(lettersText({1}), QStringLiteral("B"));
    QCOMPARE(lettersText({1, 2}), QStringLiteral("B and C"));
    QCOMPARE(lettersText({0, 1, 2, 3}), QStringLiteral("A, B, C and D"));
    QCOMPARE(lettersText({0, 1, 2, 3, 4, 5, 6}), QStringLiteral("A, B, C and 4 more"));
    const auto philosophers = machineRun(BuiltIn::DiningPhilosophers, 5, 1);
    const QStringList names = lockNames(*philosophers);
    QCOMPARE(static_cast<std::size_t>(names.size()), std::size_t{philosophers->timelineLocks()});
    QVERIFY(names.size() > 1);
    for (const QString& name : names)
        QVERIFY(!name.isEmpty() && names.count(name) == 1);
}

void TimelineLitTest::heldIsSeenAtEveryZoom_data()
{
    QTest::addColumn<int>("iterations");
    QTest::newRow("short") << 12;
    QTest::newRow("many turns in a pixel") << 400;
}

// Every column of pixels in which a thread holds the lock has the band in its row; columns without have none.
void TimelineLitTest::heldIsSeenAtEveryZoom()
{
    QFETCH(const int, iterations);
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, iterations));
    const TimelineIndex& index = *desk.view.index();
    const double whole = desk.view.visible().end;
    int held = 0;
    int free = 0;
    for (double length = whole; length >= 40; length /= 3.3) {
        desk.view.showTimes((whole - length) * 0.4, (whole - length) * 0.4 + length);
        const VisibleTime& view = desk.view.visible();
        const QImage image = desk.image();
        for (int place = 0; place < desk.view.trackCount(); ++place) {
            const ThreadIndex thread = desk.view.trackAt(place).index;
            const QRectF band = desk.view.layoutOfTracks().held(place);
            for (int x = 8; x < static_cast<int>(view.width) - 4; ++x) { // past the playhead
                bool near = false; // ends are on whole pixels, a pixel to either side
                for (int by = -2; by <= 2; ++by)
                    near = near || uses(index, 0, thread, view, std::max(0, x + by), Activity::Running);
                bool wholly = true;
                for (int by = -1; by <= 1; ++by)
                    wholly = wholly && uses(index, 0, thread, view, std::max(0, x + by), Activity::Running);
                // What happens in a cell of the index stands in the column in which the cell begins.
                const auto isInk = [&](int column) {
                    return alike(at(image, static_cast<int>(band.left()) + column, band.bottom() - 1),
                                 Theme::light().ink);
                };
                const QString where = QStringLiteral("length %1, track %2, column %3").arg(length).arg(place).arg(x);
                if (wholly) {
                    QVERIFY2(isInk(x) || isInk(std::max(0, x - 1)) || isInk(x + 1), qPrintable(where));
                    ++held;
                } else if (!near) {
                    QVERIFY2(!isInk(x), qPrintable(where));
                    ++free;
                }
            }
        }
    }
    QVERIFY(held > 100);
    QVERIFY(free > 100);
}

// Lit, a row is as it was where its thread holds the lock or waits for it, and is veiled elsewhere.
void TimelineLitTest::litIsWhereItIsUsed()
{
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, 40));
    const TimelineIndex& index = *desk.view.index();
    desk.playback.setStep(desk.playback.steps());
    const double whole = desk.view.visible().end;
    int lit = 0;
    int veiled = 0;
    for (const double length : {whole, whole / 7}) {
        desk.view.showTimes(0, length);
        desk.view.chooseLock(std::nullopt);
        const QImage plain = desk.image();
        desk.view.chooseLock(0);
        const QImage image = desk.image();
        const VisibleTime& view = desk.view.visible();
        for (int place = 0; place < desk.view.trackCount(); ++place) {
            const QRectF bar = desk.view.layoutOfTracks().bar(place);
            const double y = bar.top() + 2;
            for (int x = 2; x < static_cast<int>(view.width) - 6; ++x) {
                const auto used = [&](int column) {
                    return uses(index, 0, desk.view.trackAt(place).index, view, column, Activity::Running)
                        || uses(index, 0, desk.view.trackAt(place).index, view, column, Activity::Waiting);
                };
                const int pixel = static_cast<int>(bar.left()) + x;
                if (used(x) && used(x - 1) && used(x + 1)) {
                    QCOMPARE(at(image, pixel, y), at(plain, pixel, y));
                    ++lit;
                } else if (!used(x - 2) && !used(x - 1) && !used(x) && !used(x + 1) && !used(x + 2)
                           && !alike(at(plain, pixel, y), Theme::light().panel)) {
                    QVERIFY(at(image, pixel, y) != at(plain, pixel, y));
                    ++veiled;
                }
            }
        }
    }
    QVERIFY(lit > 100);
    QVERIFY(veiled > 100);
}

// On a core's row exactly those stretches are lit in which who is on it holds the lock or waits for it.
void TimelineLitTest::coresAreLitWhereTheHolderRuns()
{
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, 12));
    const TimelineIndex& index = *desk.view.index();
    const TimelineLayout& layout = desk.view.layoutOfTracks();
    const std::vector<TrackName> order{{Kind::Core, 0}, {Kind::Core, 1}};
    const TimelineScene scene{index, index, layout, desk.view.visible(), TimeUnit::Ticks, order, 0,
                              {},    {},    {},     desk.view.locks()};
    LitRows rows(scene, 0);
    int stretches = 0;
    for (const TrackName core : order) {
        const LockStretches lit = rows.of(core);
        for (Time time = 0; time < index.end(); ++time) {
            const TimelineSpan on = index.spans(core, time, time + 1, 8)->back();
            const double pixel = scene.view.pixelOf(static_cast<double>(time) + 0.5);
            const auto covers = [pixel](const LockStretch& stretch) {
                return pixel >= stretch.left && pixel < stretch.right;
            };
            const auto use = on.activity == Activity::Running ? index.spansOfUse(0, on.who, time, time + 1, 8)
                                                              : std::nullopt;
            const bool holds = use && !use->empty() && use->back().activity == Activity::Running;
            QCOMPARE(std::any_of(lit.held.begin(), lit.held.end(), covers), holds);
            stretches += holds ? 1 : 0;
        }
    }
    QVERIFY(stretches > 20);
}

void TimelineLitTest::aRowForEachLock()
{
    TimelineDesk desk(machineRun(BuiltIn::DiningPhilosophers, 5, 2, 3));
    const std::size_t locks = desk.view.index()->locks();
    QVERIFY(locks > 1);
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), Kind::Core);
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), Kind::Lock);
    QCOMPARE(static_cast<std::size_t>(desk.view.trackCount()), locks);
    QCOMPARE(desk.view.currentTrack(), -1);
    // Filled in the colour of who holds it.
    const QImage image = desk.image();
    const TimelineIndex& index = *desk.view.index();
    for (int place = 0; place < desk.view.trackCount(); ++place) {
        const QRectF bar = desk.view.layoutOfTracks().bar(place);
        const auto spans = index.spans(desk.view.trackAt(place), 0, index.end(), 1000);
        int seen = 0;
        for (const TimelineSpan& span : *spans) {
            const auto middle = static_cast<double>(span.begin + span.end) / 2;
            if (span.activity != Activity::Running || span.end - span.begin < 3)
                continue;
            QCOMPARE(at(image, desk.pointOf(middle, 0).x(), bar.top() + 1), Theme::light().thread(span.who));
            ++seen;
        }
        QVERIFY(seen > 0);
        QVERIFY(desk.view.trackDescription(place).startsWith(
            QStringLiteral("lock %1: held ").arg(desk.view.locks()[place])));
    }
    // A row that is chosen is lit, and the keys that walk through tracks walk through them.
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(0));
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(1));
    QCOMPARE(desk.view.currentTrack(), 1);
    desk.key(Qt::Key_T);
    QCOMPARE(desk.view.pinned(), std::size_t{1});
    QCOMPARE(desk.view.currentTrack(), 0);
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), Kind::Thread);
    QCOMPARE(desk.view.pinned(), std::size_t{0});
    QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(1)); // as it was
}

void TimelineLitTest::hoverLightsALock()
{
    TimelineDesk desk(machineRun(BuiltIn::LockAroundIncrement, 4, 12));
    const TimelineIndex& index = *desk.view.index();
    const TimelineLayout& layout = desk.view.layoutOfTracks();
    desk.paint();
    const TimelineWork before = desk.view.work();
    int held = 0;
    int waited = 0;
    for (ThreadIndex thread = 0; thread < 4; ++thread) {
        const auto place = static_cast<int>(thread);
        const auto spans = index.spansOfUse(0, thread, 0, index.end(), 1000);
        for (const TimelineSpan& span : *spans) {
            const auto middle = static_cast<double>(span.begin + span.end) / 2;
            if (span.activity == Activity::Inactive
                || static_cast<double>(span.end - span.begin) < 12 * desk.view.visible().perPixel())
                continue;
            const bool holds = span.activity == Activity::Running;
            const double y = holds ? layout.held(place).center().y() : layout.bar(place).center().y();
            desk.hover(desk.pointOf(middle, y));
            QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(0));
            const QPoint there = desk.pointOf(middle, y);
            const double time = desk.view.visible().timeAt(there.x() - layout.tracks().left());
            const QString tip = desk.view.tooltipAt(there);
            QVERIFY2(tip.contains(lockMomentText(index, 0, time, desk.view.locks(), TimeUnit::Ticks)), qPrintable(tip));
            // Above the band the bar of a holder is no lock's.
            desk.hover(desk.pointOf(middle, holds ? layout.bar(place).top() + 2 : layout.tracks().top() - 4));
            QVERIFY(!desk.view.litLock());
            ++(holds ? held : waited);
        }
    }
    QVERIFY(held > 10 && waited > 10);
    // It is seen, and the tracks were not painted again for it.
    const QImage plain = desk.image();
    const TimelineSpan first = index.spansOfUse(0, 0, 0, index.end(), 1000)->at(1);
    desk.hover(desk.pointOf(static_cast<double>(first.begin + first.end) / 2, layout.held(0).center().y()));
    QVERIFY(desk.view.litLock());
    QVERIFY(desk.image() != plain);
    QCOMPARE(desk.view.work().layers, before.layers);
    QCOMPARE(desk.view.work().lit, before.lit + 1);
    desk.paint();
    desk.playback.setStep(3); // nor found again while it stays
    desk.paint();
    QCOMPARE(desk.view.work().lit, before.lit + 1);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&desk.view, &leave);
    QVERIFY(!desk.view.litLock());
    // A row of its own, anywhere in it, and its name.
    desk.key(Qt::Key_C);
    desk.key(Qt::Key_C);
    desk.hover(desk.pointOf(1, layout.row(0).center().y()));
    QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(0));
    desk.hover(layout.tracks().bottomLeft().toPoint());
    QVERIFY(!desk.view.litLock());
    desk.hover(layout.label(0).center().toPoint());
    QCOMPARE(desk.view.litLock(), std::optional<LockIndex>(0));
}

void TimelineLitTest::keysStepThroughTheLocks()
{
    TimelineDesk desk(machineRun(BuiltIn::DiningPhilosophers, 5, 2, 3));
    const QImage plain = desk.image();
    const auto locks = static_cast<LockIndex>(desk.view.index()->locks());
    for (LockIndex lock = 0; lock < locks; ++lock) {
        desk.key(Qt::Key_L);
        QCOMPARE(desk.view.litLock(), std::optional(lock));
        QVERIFY(desk.image() != plain);
        QVERIFY(desk.view.description().contains(desk.view.chosenLockText()));
        QVERIFY(desk.view.chosenLockText().startsWith(lockText(lock, desk.view.locks())));
    }
    desk.key(Qt::Key_L);
    QVERIFY(!desk.view.litLock());
    QCOMPARE(desk.image(), plain);
    desk.key(Qt::Key_L);
    desk.key(Qt::Key_Escape);
    QVERIFY(!desk.view.litLock());
    // The picture of it has what is lit, too.
    const QImage picture = imageOf(desk.view.picture(), 1);
    desk.key(Qt::Key_L);
    QVERIFY(imageOf(desk.view.picture(), 1) != picture);
    // Another run has other locks.
    desk.playback.setHistory(machineRun(BuiltIn::UnlockedCounter, 2, 3));
    QVERIFY(!desk.view.litLock());
}

void TimelineLitTest::withoutLocksNothingIsDifferent()
{
    TimelineDesk desk(machineRun(BuiltIn::UnlockedCounter, 3, 10));
    QCOMPARE(desk.view.index()->locks(), std::size_t{0});
    const QImage plain = desk.image();
    desk.key(Qt::Key_L);
    QVERIFY(!desk.view.litLock());
    QCOMPARE(desk.image(), plain);
    desk.key(Qt::Key_C);
    desk.key(Qt::Key_C);
    QCOMPARE(desk.view.tracksShown(), Kind::Thread);
    QVERIFY(!textOfSvg(svgOf(desk.view.picture())).contains(QLatin1String("holds a lock")));
    desk.playback.setHistory(machineRun(BuiltIn::LockAroundIncrement, 3, 10));
    QVERIFY(textOfSvg(svgOf(desk.view.picture())).contains(QLatin1String("holds a lock")));
}

QTEST_MAIN(TimelineLitTest)
#include "timeline_lit_test.moc"
