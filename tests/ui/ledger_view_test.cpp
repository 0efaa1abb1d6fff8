// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_view.h"

#include "ledger/ledger_model.h"
#include "ledger/ledger_table.h"
#include "made_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "preempted_history.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <random>

using namespace interleave;

namespace {

// Threads that load, add and store in an order drawn by chance.
std::shared_ptr<const MadeHistory> randomHistory(unsigned seed)
{
    std::mt19937 generator(seed);
    const ThreadIndex threads = 2 + generator() % 4;
    const std::uint32_t iterations = 1 + generator() % 8;
    std::vector<MadeHistory::Line> lines;
    std::vector<std::uint32_t> steps(threads, 0);
    while (true) {
        std::vector<ThreadIndex> going;
        for (ThreadIndex t = 0; t < threads; ++t)
            if (steps[t] < 3 * iterations)
                going.push_back(t);
        if (going.empty())
            break;
        const ThreadIndex t = going[generator() % going.size()];
        constexpr EventKind kinds[] = {EventKind::Load, EventKind::Add, EventKind::Store};
        lines.push_back({t, kinds[steps[t]++ % 3]});
    }
    return std::make_shared<MadeHistory>(threads, iterations, lines);
}

struct Shown {
    explicit Shown(std::shared_ptr<const History> history)
    {
        playback.setHistory(std::move(history));
        view.resize(300, 400);
        view.show();
        table = view.findChild<LedgerTable*>();
        model = &view.model();
    }
    void click(int row) const
    {
        const QModelIndex index = model->index(row, 0);
        table->scrollTo(index);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }
    [[nodiscard]] QString details() const { return view.findChild<QLabel*>(QStringLiteral("ledgerDetails"))->text(); }
    [[nodiscard]] QString count() const { return view.findChild<QLabel*>(QStringLiteral("ledgerCount"))->text(); }

    Playback playback{nullptr, [] { return std::chrono::nanoseconds{0}; }};
    Selection selection;
    LedgerView view{playback, selection};
    LedgerTable* table = nullptr;
    LedgerModel* model = nullptr;
};

} // namespace

class LedgerViewTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void rowsAreTheLedger_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<bool>("lostOnly");
        QTest::addColumn<bool>("newestFirst");
        for (unsigned seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed << (seed % 2 == 0) << (seed % 3 != 0);
    }
    void rowsAreTheLedger()
    {
        QFETCH(unsigned, seed);
        QFETCH(bool, lostOnly);
        QFETCH(bool, newestFirst);
        const auto history = randomHistory(seed);
        const Ledger& ledger = history->ledger();
        std::vector<Position> expected;
        for (Position p = 1; p <= ledger.updates(); ++p)
            if (!lostOnly || !ledger.update(p).survived())
                expected.push_back(p);
        if (newestFirst)
            std::reverse(expected.begin(), expected.end());

        LedgerModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setHistory(history);
        model.setLostOnly(lostOnly);
        model.setNewestFirst(newestFirst);
        QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
        QCOMPARE(model.columnCount(), 4);
        for (int row = 0; row < model.rowCount(); ++row) {
            const Update update = ledger.update(expected[static_cast<std::size_t>(row)]);
            QCOMPARE(model.positionAt(row), update.position);
            QCOMPARE(model.rowOf(update.position).value(), row);
            const auto text = [&](int column) { return model.index(row, column).data().toString(); };
            QCOMPARE(text(LedgerModel::UpdateColumn), updateText(update.name));
            QCOMPARE(text(LedgerModel::ValueColumn), numberText(update.value));
            QCOMPARE(text(LedgerModel::FateColumn),
                     update.survived() ? QStringLiteral("survived")
                                       : QStringLiteral("lost to ") + updateText(ledger.name(update.lostTo)));
            QCOMPARE(text(LedgerModel::TimeColumn), timeText(history->timeOf(history->storeStep(update.position))));
        }
        if (lostOnly)
            for (Position p = 1; p <= ledger.updates(); ++p)
                QCOMPARE(model.rowOf(p).has_value(), !ledger.update(p).survived());
        QVERIFY(!model.rowOf(0));
        QVERIFY(!model.rowOf(ledger.updates() + 1));
    }

    void anEmptyModelHasNoRows()
    {
        LedgerModel model;
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.rowOf(1));
        QCOMPARE(model.headerData(LedgerModel::FateColumn, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Fate"));
    }

    void tenMillionRowsCostNothing()
    {
        const auto history = std::make_shared<LongHistory>(50, 100'000, 2);
        Shown shown(history);
        QCOMPARE(shown.model->rowCount(), 10'000'000);
        shown.table->scrollTo(shown.model->index(9'999'999, 0));
        const QModelIndex last = shown.table->indexAt(
            shown.table->visualRect(shown.model->index(9'999'999, 0)).center());
        QCOMPARE(last.row(), 9'999'999);
        QCOMPARE(shown.model->positionAt(last.row()), 1U);
        shown.view.setLostOnly(true);
        QCOMPARE(static_cast<std::uint64_t>(shown.model->rowCount()), history->ledger().lost());
        shown.playback.setStep(history->steps() / 3);
        // What is drawn is what fits, however long the run.
        history->storesAsked = 0;
        shown.table->viewport()->grab();
        QVERIFY2(history->storesAsked < 200, qPrintable(QString::number(history->storesAsked)));
    }

    void aClickLeadsToWhereTheFateWasSealed_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 20; seed < 24; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void aClickLeadsToWhereTheFateWasSealed()
    {
        QFETCH(unsigned, seed);
        const auto history = randomHistory(seed);
        Shown shown(history);
        for (int row = 0; row < shown.model->rowCount(); ++row) {
            const Update update = history->ledger().update(shown.model->positionAt(row));
            shown.playback.play();
            shown.click(row);
            const Position decided = update.survived() ? update.position : update.lostTo;
            QCOMPARE(shown.playback.step(), history->storeStep(decided) + 1);
            QCOMPARE(shown.playback.state().lastStore, decided);
            QVERIFY(!shown.playback.isPlaying());
            QCOMPARE(shown.selection.update().value(), update.position);
            QVERIFY(shown.table->selectionModel()->isRowSelected(row));
        }
    }

    void theKeyboardSelectsAndEnterJumps()
    {
        const auto history = randomHistory(3);
        Shown shown(history);
        shown.table->setFocus();
        QTest::keyClick(shown.table, Qt::Key_Home);
        QCOMPARE(shown.selection.update().value(), history->ledger().updates());
        QCOMPARE(shown.playback.step(), Step{0});
        QTest::keyClick(shown.table, Qt::Key_Down);
        QCOMPARE(shown.selection.update().value(), history->ledger().updates() - 1);
        QTest::keyClick(shown.table, Qt::Key_End);
        QCOMPARE(shown.selection.update().value(), 1U);
        QTest::keyClick(shown.table, Qt::Key_Return);
        const Update first = history->ledger().update(1);
        QCOMPARE(shown.playback.step(), history->storeStep(first.survived() ? 1 : first.lostTo) + 1);
    }

    void followsTheSelectionOfOthers()
    {
        const auto history = std::make_shared<LongHistory>(3, 100, 2);
        Shown shown(history);
        QSignalSpy steps(&shown.playback, &Playback::stepChanged);
        shown.selection.selectUpdate(17);
        const int row = shown.model->rowOf(17).value();
        QVERIFY(shown.table->selectionModel()->isRowSelected(row));
        QVERIFY(shown.table->viewport()->rect().intersects(shown.table->visualRect(shown.model->index(row, 0))));
        shown.selection.clear();
        QVERIFY(!shown.table->selectionModel()->hasSelection());
        QCOMPARE(steps.count(), 0);
    }

    void theFilterKeepsTheSelectionIfItCan()
    {
        const auto history = std::make_shared<LongHistory>(2, 10, 2); // the second streak of four is lost: 11 to 20
        Shown shown(history);
        shown.selection.selectUpdate(15);
        auto* lostOnly = shown.view.findChild<QAbstractButton*>(QStringLiteral("lostOnlyButton"));
        QTest::mouseClick(lostOnly, Qt::LeftButton);
        QCOMPARE(shown.model->rowCount(), 10);
        QCOMPARE(shown.model->positionAt(shown.table->currentIndex().row()), 15U);
        shown.selection.selectUpdate(3); // survived: not listed now
        QVERIFY(!shown.table->selectionModel()->hasSelection());
        QTest::mouseClick(lostOnly, Qt::LeftButton);
        QCOMPARE(shown.model->rowCount(), 40);
        QCOMPARE(shown.selection.update().value(), 3U);
        QCOMPARE(shown.model->positionAt(shown.table->currentIndex().row()), 3U);
    }

    void followsASlowPlaybackAtOnceAndAFastOneNowAndThen()
    {
        const auto history = std::make_shared<LongHistory>(2, 1000, 2);
        std::chrono::nanoseconds now{0};
        Playback playback(nullptr, [&] { return now; });
        Selection selection;
        LedgerView view(playback, selection);
        view.resize(300, 400);
        view.show();
        auto* table = view.findChild<LedgerTable*>();
        playback.setHistory(history);
        const auto shows = [&](Position p) {
            const QModelIndex index = view.model().index(view.model().rowOf(p).value(), 0);
            return table->viewport()->rect().intersects(table->visualRect(index));
        };
        QVERIFY(shows(1)); // nothing has happened yet: what comes first
        playback.setStep(history->storeStep(2000) + 1);
        QVERIFY(shows(2000));
        playback.setSpeed(1000);
        playback.play();
        now += std::chrono::seconds(1);
        playback.advance();
        QVERIFY(!shows(playback.state().lastStore));
        QTRY_VERIFY(shows(playback.state().lastStore));
        QVERIFY(playback.isPlaying());
        now += std::chrono::seconds(1);
        playback.advance();
        playback.pause();
        QVERIFY(shows(playback.state().lastStore));
    }

    void detailsTellAnUpdatesStory()
    {
        constexpr auto L = EventKind::Load;
        constexpr auto A = EventKind::Add;
        constexpr auto S = EventKind::Store;
        // B loads A 1's value; C stores over A 1; B stores over C 1, and is destroyed by A 2, which had seen C 1.
        const auto history = std::make_shared<MadeHistory>(
            3, 2,
            std::vector<MadeHistory::Line>{
                {0, L}, {0, A}, {0, S}, {1, L}, {2, L}, {2, A}, {2, S}, {0, L}, {1, A}, {1, S}, {0, A}, {0, S}});
        Shown shown(history);
        QCOMPARE(shown.count(), QStringLiteral("1 of 4 lost"));
        shown.selection.selectUpdate(3);
        QCOMPARE(shown.details(), QStringLiteral("B 1: loaded 1 (A 1), stored 2 over C 1's 2; will be lost to A 2"));
        shown.selection.selectUpdate(1);
        QCOMPARE(shown.details(), QStringLiteral("A 1: loaded 0 (the initial value), stored 1; will survive"));
        shown.playback.toEnd();
        QCOMPARE(shown.details(), QStringLiteral("A 1: loaded 0 (the initial value), stored 1; survived"));
        shown.selection.selectUpdate(3);
        QCOMPARE(shown.details(), QStringLiteral("B 1: loaded 1 (A 1), stored 2 over C 1's 2; lost to A 2"));
        shown.playback.setHistory(std::make_shared<LongHistory>(1, 5, 1));
        QVERIFY(!shown.selection.update());
        QCOMPARE(shown.count(), QStringLiteral("5 updates, none lost"));
    }

    void survivesHavingNoHistory()
    {
        Shown shown(randomHistory(5));
        shown.playback.setHistory(nullptr);
        QCOMPARE(shown.model->rowCount(), 0);
        shown.view.grab();
        QTest::keyClick(shown.table, Qt::Key_Down);
        QVERIFY(!shown.selection.update());
    }

    void redIsForLostRowsOnly_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void redIsForLostRowsOnly()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
        Shown shown(std::make_shared<LongHistory>(2, 3, 2)); // updates 4 to 6 of 12 are lost
        shown.view.setPalette(theme.palette());
        shown.view.resize(300, 560);
        shown.playback.toEnd();
        const QImage image = shown.table->viewport()->grab().toImage();
        for (int row = 0; row < shown.model->rowCount(); ++row) {
            const QRect place = shown.table->visualRect(shown.model->index(row, 0));
            int red = 0;
            for (int y = place.top(); y <= std::min(place.bottom(), image.height() - 1); ++y)
                for (int x = 0; x < image.width(); ++x)
                    red += image.pixelColor(x, y).rgb() == theme.lost.rgb() ? 1 : 0;
            const Position position = shown.model->positionAt(row);
            QCOMPARE(red > 0, position >= 4 && position <= 6);
        }
    }

    void saysWhereTheDestroyerWasPreempted()
    {
        const PreemptedRun run{.away = {{1, 9}}};
        Shown shown(run.history());
        shown.playback.toEnd();
        const QString clause = QStringLiteral("A was preempted for 8 ms between its load and its store.");
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(shown.table);
        for (int row = 0; row < shown.model->rowCount(); ++row) {
            const QModelIndex fate = shown.model->index(row, LedgerModel::FateColumn);
            const Position position = shown.model->positionAt(row);
            const bool lost = position < run.store();
            const bool told = position <= run.store(); // of the store itself, too
            QCOMPARE(fate.data(LedgerModel::PreemptedRole).toBool(), lost);
            QCOMPARE(fate.data(Qt::ToolTipRole).toString().endsWith(QStringLiteral(". ") + clause), told);
            const QAccessibleInterface* cell = table->tableInterface()->cellAt(row, LedgerModel::FateColumn);
            QCOMPARE(cell->text(QAccessible::Name),
                     lost ? QStringLiteral("lost to A 1, whose thread was preempted") : QStringLiteral("survived"));
            QCOMPARE(cell->text(QAccessible::Description).contains(clause), told);
        }
        shown.click(*shown.model->rowOf(2));
        QVERIFY2(shown.details().endsWith(clause), qPrintable(shown.details()));
    }

    void marksProvenPreemptionsOnly_data()
    {
        QTest::addColumn<PreemptedRun>("run");
        QTest::addColumn<bool>("marked");
        QTest::newRow("preempted") << PreemptedRun{.away = {{1, 9}}} << true;
        QTest::newRow("slept") << PreemptedRun{.away = {{1, 9, false}}} << false;
        QTest::newRow("possible") << PreemptedRun{.away = {{1, 9}}, .timed = false} << false;
        QTest::newRow("records missing") << PreemptedRun{.away = {{1, 9}}, .overflow = 1} << false;
        QTest::newRow("totals only") << PreemptedRun{.away = {{1, 9}}, .captured = false} << false;
    }
    void marksProvenPreemptionsOnly()
    {
        QFETCH(PreemptedRun, run);
        QFETCH(bool, marked);
        // The same updates, and nobody was ever preempted.
        PreemptedRun other = run;
        other.away.clear();
        Shown shown(run.history());
        Shown plain(other.history());
        for (Shown* each : {&shown, &plain}) {
            each->view.resize(500, 400);
            each->playback.toEnd();
        }
        const QImage image = shown.table->viewport()->grab().toImage();
        const QImage plainImage = plain.table->viewport()->grab().toImage();
        for (int row = 0; row < shown.model->rowCount(); ++row) {
            const QRect fate = shown.table->visualRect(shown.model->index(row, LedgerModel::FateColumn));
            QCOMPARE(plain.table->visualRect(plain.model->index(row, LedgerModel::FateColumn)), fate);
            int drawn = 0;
            const QRect seen = fate.intersected(image.rect()).intersected(plainImage.rect());
            for (int y = seen.top(); y <= seen.bottom(); ++y)
                for (int x = seen.left(); x <= seen.right(); ++x)
                    drawn += image.pixel(x, y) != plainImage.pixel(x, y) ? 1 : 0;
            const bool here = marked && shown.model->positionAt(row) < run.store();
            QVERIFY2(here ? drawn > 20 : drawn == 0, qPrintable(QString::number(drawn)));
        }
    }

    // What was measured on the timeline is marked, and is there to be read.
    void measuredStretch()
    {
        for (unsigned seed = 1; seed <= 12; ++seed) {
            const auto history = randomHistory(seed);
            const double from = 1000.0 * (seed % 5);
            const TimeRange range{from + 0.4, from + 1000.0 * (seed % 9)};
            for (const bool lostOnly : {false, true}) {
                LedgerModel model;
                model.setHistory(history);
                model.setLostOnly(lostOnly);
                QVERIFY(!model.isInRange(1) && !model.firstRowInRange());
                model.setRange(range);
                std::optional<int> first;
                for (Position p = 1; p <= history->ledger().updates(); ++p) {
                    // Steps are whole thousands apart.
                    const double time = history->timeOf(history->storeStep(p));
                    QCOMPARE(model.isInRange(p), time >= from && time < std::max(from + 1, range.to));
                    if (model.isInRange(p) && model.rowOf(p) && !first)
                        first = model.rowOf(p);
                }
                QCOMPARE(model.firstRowInRange(), first);
            }
        }
    }

    void measuredStretchIsBracketed()
    {
        Shown shown(std::make_shared<LongHistory>(2, 50, 20));
        const QString hint = shown.details();
        // Updates 1001 to 1010, one every 3 ns, far from where the table is.
        const TimeRange range{3000, 3030};
        shown.selection.selectRange(range);
        QVERIFY2(shown.details().contains(QLatin1String("measured stretch")), qPrintable(shown.details()));
        const auto row = shown.model->rowOf(1001);
        QTRY_VERIFY(shown.table->viewport()->rect().intersects(
            shown.table->visualRect(shown.model->index(*row, LedgerModel::UpdateColumn))));
        const QImage marked = shown.table->viewport()->grab().toImage();
        const QColor accent = Theme::of(shown.table).accent;
        int inBracket = 0;
        for (int y = 0; y < marked.height(); ++y) {
            const QModelIndex index = shown.table->indexAt(QPoint(40, y));
            if (!index.isValid())
                continue;
            const Position position = shown.model->positionAt(index.row());
            const bool isIn = position > 1000 && position <= 1010;
            QCOMPARE(marked.pixelColor(1, y) == accent, isIn);
            inBracket += isIn ? 1 : 0;
        }
        QVERIFY(inBracket >= shown.table->visualRect(shown.model->index(*row, 0)).height());
        QVERIFY(shown.model->index(*row, LedgerModel::UpdateColumn)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QLatin1String("measured")));
        shown.selection.selectRange(std::nullopt);
        QCOMPARE(shown.details(), hint);
        shown.selection.selectRange(range);
        shown.playback.setHistory(std::make_shared<LongHistory>(2, 50, 20));
        QVERIFY(!shown.selection.range());
        QVERIFY(!shown.model->hasRange());
        const QImage image = shown.table->viewport()->grab().toImage();
        for (int y = 0; y < image.height(); ++y)
            QVERIFY(image.pixelColor(1, y) != accent);
    }

    // The same at every step as the state says, and red for nothing that is not lost by then.
    void fatesAreThoseOfTheStep()
    {
        for (unsigned seed = 40; seed < 48; ++seed) {
            const auto history = randomHistory(seed);
            const Ledger& ledger = history->ledger();
            Shown shown(history);
            for (Step step = 0; step <= history->steps(); ++step) {
                shown.playback.setStep(step);
                const State state = history->state(step);
                std::uint64_t count[5] = {};
                for (int row = 0; row < shown.model->rowCount(); ++row) {
                    const Update update = ledger.update(shown.model->positionAt(row));
                    const auto standing = shown.model->standingOf(update);
                    ++count[standing];
                    const QString fate = shown.model->index(row, LedgerModel::FateColumn).data().toString();
                    QCOMPARE(fate.startsWith(QLatin1String("lost")), standing == LedgerModel::Lost);
                    QCOMPARE(fate == QLatin1String("set aside"), standing == LedgerModel::SetAside);
                    QCOMPARE(fate.startsWith(QLatin1String("will")),
                             standing == LedgerModel::NotYet || standing == LedgerModel::Doomed);
                }
                QCOMPARE(count[LedgerModel::Lost], state.lost);
                QCOMPARE(count[LedgerModel::SetAside], state.setAside);
                QCOMPARE(count[LedgerModel::Counts] + count[LedgerModel::Doomed],
                         static_cast<std::uint64_t>(state.counter));
            }
        }
    }

    void nothingIsRedBeforeItIsLost()
    {
        Shown shown(std::make_shared<LongHistory>(2, 3, 2)); // updates 4 to 6 are lost to the store of 7
        shown.view.resize(360, 560);
        const auto red = [&] {
            const QImage image = shown.table->viewport()->grab().toImage();
            int found = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    found += image.pixelColor(x, y).rgb() == Theme::of(shown.table).lost.rgb() ? 1 : 0;
            return found;
        };
        const Step loss = shown.playback.history()->storeStep(7) + 1;
        shown.playback.setStep(loss - 1);
        QCOMPARE(red(), 0);
        shown.playback.setStep(loss);
        QVERIFY(red() > 0);
    }

    void aRowCanBeCopied()
    {
        Shown shown(std::make_shared<LongHistory>(2, 3, 2));
        shown.playback.toEnd();
        shown.view.activateWindow();
        shown.table->setFocus();
        QTest::keyClick(shown.table, Qt::Key_Home);
        QTest::keySequence(shown.table, QKeySequence::Copy);
        const QString text = QGuiApplication::clipboard()->text();
        QCOMPARE(text, shown.model->rowText(0));
        const QStringList cells = text.split(QLatin1Char('\t'));
        QCOMPARE(cells.size(), 4);
        QCOMPARE(cells.at(0), QStringLiteral("B 6"));
        QCOMPARE(cells.at(2), QStringLiteral("survived"));
    }

    // At every width numbers are whole: what has no room goes as a column, or says less in words.
    void numbersAreNeverCut()
    {
        Shown shown(std::make_shared<LongHistory>(30, 100'000, 2));
        shown.playback.toEnd();
        for (const int width : {180, 220, 260, 300, 380, 500}) {
            shown.view.resize(width, 400);
            const QRect fate = shown.table->visualRect(shown.model->index(0, LedgerModel::FateColumn));
            const QRect value = shown.table->visualRect(shown.model->index(0, LedgerModel::ValueColumn));
            const QRect update = shown.table->visualRect(shown.model->index(0, LedgerModel::UpdateColumn));
            QFont bold = shown.table->font();
            bold.setPixelSize(11); // the smallest that it gets
            const QFontMetrics metrics(bold);
            QVERIFY(value.width()
                    >= metrics.horizontalAdvance(shown.model->index(0, LedgerModel::ValueColumn).data().toString()));
            QVERIFY(update.width()
                    >= metrics.horizontalAdvance(shown.model->index(0, LedgerModel::UpdateColumn).data().toString()));
            QVERIFY2(fate.left() < shown.table->viewport()->width(), qPrintable(QString::number(width)));
        }
    }

    void whereThePlaybackStandsStaysInSight()
    {
        Shown shown(std::make_shared<LongHistory>(2, 50, 20));
        const auto inSight = [&](Position position) {
            const QRect row = shown.table->visualRect(shown.model->index(*shown.model->rowOf(position), 0));
            return shown.table->viewport()->rect().contains(row.center());
        };
        for (const Position position : {Position{0}, Position{700}}) {
            shown.playback.setStep(Step{3} * position);
            for (const int height : {400, 200, 300, 170})
                for (const int width : {300, 301}) {
                    shown.view.resize(width, height);
                    QVERIFY2(inSight(std::max(position, Position{1})), qPrintable(QString::number(height)));
                }
        }
    }

    void headingsNameTheColumns()
    {
        Shown shown(randomHistory(3));
        const auto* headings = shown.table->findChild<QWidget*>(QStringLiteral("headings"));
        QVERIFY(headings && headings->isVisible());
        QVERIFY(headings->geometry().bottom() < shown.table->viewport()->geometry().top() + 1);
        QVERIFY(shown.table->heightFor(6) <= 180 * unitOf(shown.table));
        QCOMPARE(shown.table->visualRect(shown.model->index(0, 0)).top(), 0);
    }

    void isATableToAScreenReader()
    {
        Shown shown(std::make_shared<LongHistory>(2, 3, 2));
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(shown.table);
        QVERIFY(table && table->tableInterface());
        QCOMPARE(table->tableInterface()->rowCount(), 12);
        QVERIFY(!table->text(QAccessible::Name).isEmpty());
        QAccessibleInterface* cell = table->tableInterface()->cellAt(8, LedgerModel::FateColumn); // position 4
        QVERIFY(cell);
        QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("will be lost to A 4"));
        QVERIFY(table->tableInterface()->rowDescription(8).contains(QStringLiteral("loaded")));
        QCOMPARE(table->tableInterface()->columnDescription(LedgerModel::FateColumn), QStringLiteral("Fate"));
        shown.playback.toEnd();
        QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("lost to A 4"));
    }
};

QTEST_MAIN(LedgerViewTest)
#include "ledger_view_test.moc"
