// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/run_lengths.h"

#include "sentences/names.h"
#include "unexpected_warnings.h"

#include <QTest>

using namespace interleave;
using namespace std::chrono_literals;

namespace {

RunParameters parametersOf(std::uint32_t threads, std::uint32_t iterations, std::chrono::nanoseconds window,
                           Synchronisation way = Synchronisation::None, std::uint32_t cores = 1)
{
    RunParameters parameters;
    parameters.threads = threads;
    parameters.iterations = iterations;
    parameters.window = window;
    parameters.synchronisation = way;
    parameters.cores = cores;
    return parameters;
}

// The waits alone: what the updates cost beside them is left out of account.
bool isAbout(const std::optional<std::chrono::nanoseconds>& length, std::chrono::nanoseconds waits)
{
    return length && *length >= waits && *length <= waits + waits / 20;
}

} // namespace

class RunLengthsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void computingWindowsNeedACoreEach()
    {
        QVERIFY(isAbout(estimatedLength(parametersOf(50, 1'000, 100us), false), 5s));
        if (availableCores() > 1)
            QVERIFY(isAbout(estimatedLength(parametersOf(50, 1'000, 100us, Synchronisation::None, 2), false), 2500ms));
        // One thread cannot be on two cores.
        QVERIFY(isAbout(estimatedLength(parametersOf(1, 1'000, 100us, Synchronisation::None, 0), false), 100ms));
    }

    void sleepingWindowsNeedNone()
    {
        QVERIFY(isAbout(estimatedLength(parametersOf(50, 100, 10ms), false), 1s));
        QVERIFY(isAbout(estimatedLength(parametersOf(50, 100, 10ms, Synchronisation::Mutex), false), 50s));
    }

    void waysThatSerialiseWaitOneAfterTheOther_data()
    {
        QTest::addColumn<int>("way");
        QTest::addColumn<bool>("serialises");
        const std::pair<Synchronisation, bool> ways[] = {{Synchronisation::None, false},
                                                         {Synchronisation::Mutex, true},
                                                         {Synchronisation::MutexCoarse, true},
                                                         {Synchronisation::Spinlock, true},
                                                         {Synchronisation::Atomic, false},
                                                         {Synchronisation::Cas, true},
                                                         {Synchronisation::Sharded, false}};
        static_assert(std::size(ways) == allSynchronisations.size());
        for (const auto& [way, serialises] : ways)
            QTest::newRow(qPrintable(textOf(way))) << static_cast<int>(way) << serialises;
    }
    void waysThatSerialiseWaitOneAfterTheOther()
    {
        QFETCH(int, way);
        QFETCH(bool, serialises);
        const RunParameters parameters = parametersOf(20, 50, 10ms, static_cast<Synchronisation>(way), 0);
        QVERIFY(isAbout(estimatedLength(parameters, false), serialises ? 10s : 500ms));
        QCOMPARE(longRunText(parameters, false).contains(QStringLiteral("one by one")), serialises);
    }

    void recordingIsASecondRun()
    {
        for (const Synchronisation way : allSynchronisations)
            for (const auto window : {0ns, 1000ns, 1'000'000ns}) {
                const RunParameters parameters = parametersOf(8, 1'000'000, window, way);
                QVERIFY(*estimatedLength(parameters, true) >= 2 * *estimatedLength(parameters, false));
            }
    }

    void moreOfAnythingIsNeverShorter()
    {
        for (const Synchronisation way : allSynchronisations)
            for (const bool recorded : {false, true}) {
                const auto length = [&](std::uint32_t threads, std::uint32_t iterations,
                                        std::chrono::nanoseconds window) {
                    return *estimatedLength(parametersOf(threads, iterations, window, way), recorded);
                };
                QVERIFY(length(4, 1'000, 20us) <= length(8, 1'000, 20us));
                QVERIFY(length(4, 1'000, 20us) <= length(4, 2'000, 20us));
                QVERIFY(length(4, 1'000, 20us) <= length(4, 1'000, 40us));
            }
    }

    void nothingRunsWithWrongParameters()
    {
        QVERIFY(!estimatedLength(parametersOf(0, 10, 0ns), false));
        QVERIFY(!estimatedLength(parametersOf(1, 10, 2s), false));
        QVERIFY(longRunText(parametersOf(0, 10, 0ns), false).isEmpty());
    }

    void saidInWords_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("1 s") << 1.0 << QStringLiteral("About a second");
        QTest::newRow("5 s") << 5.2 << QStringLiteral("About 5 seconds");
        QTest::newRow("12 s") << 12.0 << QStringLiteral("About 10 seconds");
        QTest::newRow("57 s") << 57.0 << QStringLiteral("About 55 seconds");
        QTest::newRow("58 s") << 58.0 << QStringLiteral("About a minute");
        QTest::newRow("89 s") << 89.0 << QStringLiteral("About a minute");
        QTest::newRow("91 s") << 91.0 << QStringLiteral("About 2 minutes");
        QTest::newRow("200 s") << 200.0 << QStringLiteral("About 3 minutes");
        QTest::newRow("58 min") << 58.0 * 60 << QStringLiteral("About an hour");
        QTest::newRow("5 h") << 5 * 3600.0 << QStringLiteral("About 5 hours");
        QTest::newRow("3 d") << 3 * 86400.0 << QStringLiteral("About 3 days");
        QTest::newRow("100 y") << 3.156e9 << QStringLiteral("About 100 years");
    }
    void saidInWords()
    {
        QFETCH(double, seconds);
        QTEST(aboutText(std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9))), "text");
    }

    void longRunsSayWhy()
    {
        QCOMPARE(longRunText(parametersOf(50, 200'000, 20us), false),
                 QStringLiteral("About 3 minutes: each of 10,000,000 updates waits 20 µs."));
        QCOMPARE(longRunText(parametersOf(50, 200'000, 10us), true),
                 QStringLiteral("About 3 minutes: each of 10,000,000 updates waits 10 µs, in two runs."));
        QCOMPARE(longRunText(parametersOf(2, 10, 1s, Synchronisation::Mutex), false),
                 QStringLiteral("About 20 seconds: each of 20 updates waits 1 s, one by one."));
        const QString without = longRunText(parametersOf(1000, 10'000'000, 0ns), false);
        QVERIFY2(without.endsWith(QStringLiteral(": 10,000,000,000 updates.")), qPrintable(without));
    }

    void shortRunsSayNothing()
    {
        QCOMPARE(longRunText(RunParameters{}, true), QString()); // the note's program
        QCOMPARE(longRunText(parametersOf(2, 1, 1s), true), QString());
        for (const Synchronisation way : allSynchronisations)
            QCOMPARE(longRunText(parametersOf(50, 200'000, 0ns, way), false), QString());
    }

    void ofTheMachine()
    {
        MachineSettings settings;
        settings.threads = 2;
        QCOMPARE(longRunText(settings, 10), QString());
        QCOMPARE(longRunText(settings, std::nullopt), QString());
        settings.maxSteps = MachineSettings::mostMaxSteps;
        settings.threads = 100;
        const QString whole = longRunText(settings, 1'000'000);
        QVERIFY2(whole.endsWith(QStringLiteral(": 100 threads go round 1,000,000 times each.")), qPrintable(whole));
        const QString limited = longRunText(settings, 10'000'000);
        QVERIFY2(limited.endsWith(QStringLiteral(": the run ends after 4,000,000,000 steps.")), qPrintable(limited));
        settings.maxSteps = 1'000;
        QCOMPARE(longRunText(settings, 10'000'000), QString());
        QCOMPARE(longRunText(settings, std::nullopt), QString());
    }
};

QTEST_MAIN(RunLengthsTest)
#include "run_lengths_test.moc"
