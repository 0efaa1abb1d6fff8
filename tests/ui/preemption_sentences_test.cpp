// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/preemption_sentences.h"

#include "preempted_history.h"
#include "style/theme.h"
#include "timed_race.h"
#include "unexpected_warnings.h"

#include <QTest>

using namespace interleave;

namespace {

using Away = PreemptedRun::Away;

const QString wasThere = QStringLiteral("A was on its core throughout: another core came between");

Narration toldOf(const RecordedHistory& history, Position store)
{
    return narrate(history, history.storeStep(store) + 1);
}

} // namespace

class PreemptionSentencesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void clausesSayWhatIsKnown_data()
    {
        QTest::addColumn<PreemptedRun>("run");
        QTest::addColumn<QString>("clause");
        QTest::addColumn<bool>("proven");
        const auto row = [](const char* name, const PreemptedRun& run, const QString& clause, bool proven) {
            QTest::newRow(name) << run << clause << proven;
        };
        row("preempted", {.away = {{1, 9}}}, QStringLiteral("A was preempted for 8 ms between its load and its store"),
            true);
        row("preempted twice", {.away = {{1, 2.0135}, {2.0165, 10.0165}}},
            QStringLiteral(
                "A was preempted at least 2 times, for at least 9.01 ms together, between its load and its store"),
            true);
        row("slept", {.away = {{1, 9, false}}},
            QStringLiteral("A left its core voluntarily for 8 ms between its load and its store"), false);
        row("slept twice", {.away = {{1, 2.0135, false}, {2.0165, 10.0165, false}}},
            QStringLiteral("A left its core voluntarily at least 2 times, for at least 9.01 ms together, between its "
                           "load and its store"),
            false);
        row("both", {.away = {{1, 2.0135, false}, {2.0165, 10.0165}}},
            QStringLiteral("A left its core at least 2 times, for at least 9.01 ms together, between its load and its "
                           "store; it was preempted at least 1 of those times"),
            true);
        // Whether it stored before it was switched out is not known.
        row("possible", {.away = {{30, 38}}},
            QStringLiteral("A may have been preempted for 8 ms between its load and its store"), false);
        row("possible, too little known", {.away = {{1, 9}}, .timed = false},
            QStringLiteral("A may have been preempted for 8 ms between its load and its store"), false);
        row("possibly twice", {.away = {{1, 9}, {10, 20}}, .timed = false},
            QStringLiteral("A may have been preempted between its load and its store, at most 2 times and for at most "
                           "18 ms together"),
            false);
        row("possibly slept", {.away = {{30, 38, false}}},
            QStringLiteral("A may have left its core voluntarily for 8 ms between its load and its store"), false);
        row("possibly slept twice", {.away = {{30, 33, false}, {35, 38, false}}},
            QStringLiteral(
                "A may have left its core voluntarily between its load and its store, at most 2 times and for at "
                "most 6 ms together"),
            false);
        row("possibly both", {.away = {{30, 33, false}, {35, 38}}},
            QStringLiteral("A may have left its core between its load and its store, at most 2 times and for at most "
                           "6 ms together"),
            false);
        row("never", {}, wasThere, false);
        row("records missing", {.away = {{1, 9}}, .overflow = 1}, QString(), false);
        row("totals only", {.away = {{1, 9}}, .captured = false}, QString(), false);
    }
    void clausesSayWhatIsKnown()
    {
        QFETCH(PreemptedRun, run);
        QFETCH(bool, proven);
        const auto history = run.history();
        QVERIFY(history);
        QVERIFY(history->ledger().update(run.store()).clobbering());
        QTEST(preemptionClause(*history, run.store()), "clause");
        QCOMPARE(isPreemptionProven(*history, run.store()), proven);
        for (Position p = 1; p <= history->ledger().updates(); ++p) {
            if (p == run.store())
                continue;
            QVERIFY2(preemptionClause(*history, p).isEmpty(), "of a store that clobbers nothing");
            QVERIFY(!isPreemptionProven(*history, p));
        }
    }

    void theNarrationNamesTheCauseFirst()
    {
        const PreemptedRun run{.away = {{1, 9}}};
        const Narration told = toldOf(*run.history(), run.store());
        QCOMPARE(told.headline, QStringLiteral("A stores 1 over B's 3: 3 updates are lost."));
        QVERIFY2(told.detail.startsWith(QStringLiteral(
                     "A was preempted for 8 ms between its load and its store. A had loaded 0 before B stored 3")),
                 qPrintable(told.detail));
        QVERIFY2(told.detail.contains(QStringLiteral("Lost: B's 1, B's 2 and B's 3.")), qPrintable(told.detail));
        QVERIFY(told.loses);

        const PreemptedRun longer{.away = {{1, 9}}, .othersUpdates = 41'312};
        const Narration ofMany = toldOf(*longer.history(), longer.store());
        QVERIFY2(ofMany.headline.endsWith(QStringLiteral(": 41,312 updates are lost.")), qPrintable(ofMany.headline));
        QVERIFY2(ofMany.detail.startsWith(QStringLiteral("A was preempted for 8 ms between its load and its store. ")),
                 qPrintable(ofMany.detail));
    }

    void theNarrationTellsTheUncertainLast()
    {
        const PreemptedRun run{.away = {{30, 38}}};
        QString detail = toldOf(*run.history(), run.store()).detail;
        QVERIFY2(detail.startsWith(QStringLiteral("A had loaded 0 before ")), qPrintable(detail));
        QVERIFY2(detail.endsWith(QStringLiteral(" A may have been preempted for 8 ms between its load and its store.")),
                 qPrintable(detail));
        detail = toldOf(*PreemptedRun{}.history(), PreemptedRun{}.store()).detail;
        QVERIFY2(detail.startsWith(QStringLiteral("A had loaded 0 before ")), qPrintable(detail));
        QVERIFY2(detail.endsWith(u' ' + wasThere + u'.'), qPrintable(detail));
    }

    void nothingIsSaidWhereNothingIsKnown()
    {
        const PreemptedRun unknown{.away = {{1, 9}}, .captured = false};
        const QString detail = toldOf(*unknown.history(), unknown.store()).detail;
        QVERIFY2(detail.startsWith(QStringLiteral("A had loaded 0 before ")), qPrintable(detail));
        QVERIFY2(!detail.contains(QStringLiteral("core")) && !detail.contains(QStringLiteral("preempted")),
                 qPrintable(detail));
        // Nor of any other step.
        const PreemptedRun run{.away = {{1, 9}}};
        const auto history = run.history();
        const Step store = history->storeStep(run.store()) + 1;
        for (Step step = 0; step <= history->steps(); ++step)
            QCOMPARE(narrate(*history, step).detail.contains(QStringLiteral("preempted")), step == store);
    }

    // Against races of which everything is known: what is told as a fact is one, and nothing that happened is denied.
    void whatIsToldIsTrue()
    {
        int facts = 0;
        int possible = 0;
        int denials = 0;
        for (const std::uint32_t cores : {1U, 2U, 3U})
            for (const std::uint32_t timesOneIn : {1U, 8U})
                for (const std::uint32_t switchesOneIn : {4U, 40U}) {
                    RunParameters parameters;
                    parameters.threads = 4;
                    parameters.iterations = 150;
                    parameters.synchronisation = Synchronisation::None;
                    parameters.cores = cores;
                    const TimedRace race(parameters, 7, switchesOneIn, timesOneIn);
                    const auto history = RecordedHistory::fromRecording(race.recording);
                    QVERIFY(history);
                    const Ledger& ledger = (*history)->ledger();
                    for (Position p = 1; p <= ledger.updates(); ++p) {
                        const Update update = ledger.update(p);
                        if (!update.clobbering())
                            continue;
                        const TruthOfUpdate& truth = race.updates[update.name.thread][update.name.number - 1];
                        const auto away = std::ranges::count_if(race.away[update.name.thread], [&](const auto& each) {
                            return each.out > truth.loaded && each.in < truth.stored;
                        });
                        const QString told = toldOf(**history, p).detail;
                        const QString letter = letterOf(update.name.thread);
                        const bool fact = told.startsWith(letter + QStringLiteral(" was preempted"));
                        const bool maybe = told.contains(letter + QStringLiteral(" may have been preempted"));
                        const bool never = told.contains(letter + QStringLiteral(" was on its core throughout"));
                        QCOMPARE(int(fact) + int(maybe) + int(never), 1);
                        QVERIFY2(!fact || away > 0, qPrintable(told));
                        QVERIFY2(!never || away == 0, qPrintable(told));
                        facts += fact ? 1 : 0;
                        possible += maybe ? 1 : 0;
                        denials += never ? 1 : 0;
                    }
                }
        QVERIFY(facts > 100);
        QVERIFY(possible > 100);
        QVERIFY(denials > 100);
    }
};

QTEST_MAIN(PreemptionSentencesTest)
#include "preemption_sentences_test.moc"
