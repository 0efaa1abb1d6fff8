// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_folder.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace interleave::test;

namespace {

using TrackId = std::pair<int, int>; // process, thread

TrackId trackOf(const QJsonObject& event)
{
    return {event[QLatin1String("pid")].toInt(-1), event[QLatin1String("tid")].toInt(-1)};
}

qint64 whole(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toInteger(-1);
}

// In nanoseconds, exactly: the file has whole ones.
qint64 timeIn(const QJsonObject& event, const char* name)
{
    return std::llround(event[QLatin1String(name)].toDouble(-1) * 1000);
}

} // namespace

// The files of --trace-json, read as any viewer reads them.
class TraceFileTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void ofARun_data();
    void ofARun();
    void ofASimulation_data();
    void ofASimulation();
    void longRunIsBounded();
    void sameFileTwice();
    void kernelSwitches();
    void refusals_data();
    void refusals();
    void placesThatCannotBeWritten_data();
    void placesThatCannotBeWritten();
    void fullDisk_data();
    void fullDisk();
    void fault();
    void interrupted_data();
    void interrupted();

private:
    void verifySound(const QString& file, QJsonObject& otherData);
    [[nodiscard]] QString inFolder(const char* name) const
    {
        return QDir(m_folder->path()).filePath(QLatin1String(name));
    }

    std::unique_ptr<ProgramFolder> m_folder;
};

void TraceFileTest::init()
{
    m_folder = std::make_unique<ProgramFolder>();
    QVERIFY(m_folder->write("p.s", counterLoop));
    QVERIFY(m_folder->write("loop.s", forEver));
    QVERIFY(m_folder->write("fault.s", ".top\n  mov $-7, %ax\n  mov 0(%ax), %bx\n  halt\n"));
}

// It is JSON, spans nest on each track, time goes on, arrows have two ends, and what is counted is what is said.
void TraceFileTest::verifySound(const QString& file, QJsonObject& otherData)
{
    QJsonParseError error;
    const QByteArray bytes = contentOf(file);
    QVERIFY(bytes.size() < 50'000'000);
    const QJsonObject all = QJsonDocument::fromJson(bytes, &error).object();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    otherData = all[QLatin1String("otherData")].toObject();
    QMap<TrackId, qint64> latest;
    QMap<TrackId, qint64> spanEnd;
    QSet<qint64> open;
    QHash<QString, qint64> counted;
    qint64 updates = 0;
    qint64 lost = 0;
    qint64 merged = 0;
    QSet<TrackId> named;
    const QJsonArray events = all[QLatin1String("traceEvents")].toArray();
    for (const auto& value : events) {
        const QJsonObject event = value.toObject();
        const QString type = event[QLatin1String("ph")].toString();
        const TrackId track = trackOf(event);
        ++counted[type];
        const QJsonObject args = event[QLatin1String("args")].toObject();
        if (type == QLatin1String("M")) {
            if (event[QLatin1String("name")].toString() == QLatin1String("thread_name"))
                named.insert(track);
            continue;
        }
        const qint64 at = timeIn(event, "ts");
        QVERIFY(at >= latest[track]);
        latest[track] = at;
        QVERIFY(type == QLatin1String("C") || named.contains(track));
        if (type == QLatin1String("s") || type == QLatin1String("f"))
            QVERIFY2(at <= spanEnd.value(track, -1), "viewers hang an arrow on the span that it begins or ends in");
        if (type == QLatin1String("X")) {
            QVERIFY2(at >= spanEnd[track], "two spans overlap");
            QVERIFY(timeIn(event, "dur") > 0);
            spanEnd[track] = at + timeIn(event, "dur");
            merged += event[QLatin1String("cat")].toString() == QLatin1String("merged") ? 1 : 0;
            if (track.first == 1) {
                updates += whole(args, "updates");
                lost += whole(args, "lost");
            }
        } else if (type == QLatin1String("s")) {
            QVERIFY(!open.contains(whole(event, "id")));
            open.insert(whole(event, "id"));
        } else if (type == QLatin1String("f")) {
            QVERIFY(open.remove(whole(event, "id")));
            QVERIFY(whole(args, "position") > whole(event, "id"));
        } else if (type == QLatin1String("i")) {
            QCOMPARE(event[QLatin1String("s")].toString(), QStringLiteral("t"));
        }
    }
    QVERIFY(open.isEmpty());
    QCOMPARE(updates, whole(otherData, "updates"));
    QCOMPARE(lost, whole(otherData, "lost"));
    QCOMPARE(whole(otherData, "surviving") + lost, updates);
    QCOMPARE(counted[QStringLiteral("X")], whole(otherData, "spans_shown"));
    QCOMPARE(merged, whole(otherData, "spans_merged"));
    QCOMPARE(counted[QStringLiteral("s")], whole(otherData, "lost_shown"));
    QCOMPARE(counted[QStringLiteral("f")], whole(otherData, "lost_shown"));
    QCOMPARE(counted[QStringLiteral("i")], whole(otherData, "switches_shown"));
    QCOMPARE(counted[QStringLiteral("C")], whole(otherData, "counter_values_shown"));
    QCOMPARE(named.size(),
             whole(otherData, "threads") + whole(otherData, "cores_shown") + whole(otherData, "locks_shown"));
    if (otherData[QLatin1String("level_of_detail")].toString() != QLatin1String("everything"))
        return;
    QCOMPARE(whole(otherData, "lost_shown"), lost);
    QCOMPARE(whole(otherData, "counter_values_shown"), updates);
    QCOMPARE(whole(otherData, "switches_shown"), whole(otherData, "switches"));
}

void TraceFileTest::ofARun_data()
{
    QTest::addColumn<QString>("way");
    for (const char* way : {"none", "mutex", "mutex-coarse", "spinlock", "atomic", "cas", "sharded"})
        QTest::addRow("%s", way) << QString::fromLatin1(way);
}

void TraceFileTest::ofARun()
{
    QFETCH(QString, way);
    const Ended ended = run(words(QStringLiteral("run --threads 3 --iterations 2000 --trials 2 --record --json "
                                                 "--trace-json t.json --sync ")
                                  + way),
                            m_folder->path());
    QVERIFY2(ended.code == 0 && ended.err.isEmpty(), ended.err.constData());
    QJsonObject told;
    verifySound(inFolder("t.json"), told);
    const QJsonObject first = objectOf(ended)[QLatin1String("runs")].toArray()[0].toObject();
    QCOMPARE(whole(told, "updates"), whole(first, "expected"));
    QCOMPARE(whole(told, "lost"), whole(first, "lost"));
    QCOMPARE(whole(told, "surviving"), whole(first, "final"));
    QCOMPARE(told[QLatin1String("switch_source")], first[QLatin1String("switch_source")]);
    QCOMPARE(told[QLatin1String("sync")].toString(), way);
    QCOMPARE(told[QLatin1String("trial")].toString(), QStringLiteral("1"));
    QCOMPARE(told[QLatin1String("time_unit")].toString(), QStringLiteral("us"));
    QCOMPARE(told[QLatin1String("level_of_detail")].toString(), QStringLiteral("everything"));
}

void TraceFileTest::ofASimulation_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("one core") << QStringLiteral("p.s --threads 3 --argv bx=40 --quantum 2");
    QTest::newRow("two cores") << QStringLiteral("p.s --threads 4 --cores 2 --argv bx=40 --quantum 3 --switch-cost 2");
    QTest::newRow("random") << QStringLiteral("p.s --threads 2 --argv bx=100 --scheduler random --seed 7");
    QTest::newRow("locks") << QStringLiteral("lock-around-increment --quantum 3");
    QTest::newRow("sleeps") << QStringLiteral("io-bound");
    QTest::newRow("deadlock") << QStringLiteral("deadlock-by-order --quantum 1");
    QTest::newRow("no counter") << QStringLiteral("loop.s --max-steps 500");
}

void TraceFileTest::ofASimulation()
{
    QFETCH(QString, arguments);
    const Ended ended = m_folder->simulate(arguments + QStringLiteral(" --json --trace-json t.json"));
    QVERIFY2(ended.err.isEmpty(), ended.err.constData());
    const Ended without = m_folder->simulate(arguments + QStringLiteral(" --json"));
    QCOMPARE(ended.code, without.code);
    QJsonObject told;
    verifySound(inFolder("t.json"), told);
    const QJsonValue lost = objectOf(ended)[QLatin1String("lost")];
    QCOMPARE(whole(told, "lost"), lost.toInteger(0));
    QCOMPARE(told[QLatin1String("time_unit")].toString(), QStringLiteral("tick: 1 tick is shown as 1 us"));
    QCOMPARE(told[QLatin1String("level_of_detail")].toString(), QStringLiteral("everything"));
    QVERIFY(whole(told, "cores_shown") > 0);
}

void TraceFileTest::longRunIsBounded()
{
    const Ended ended = run(words(QStringLiteral("run --threads 50 --iterations 200000 --trials 1 --record --json "
                                                 "--trace-json t.json")),
                            m_folder->path());
    QVERIFY2(ended.code == 0, ended.err.constData());
    QJsonObject told;
    verifySound(inFolder("t.json"), told);
    QCOMPARE(whole(told, "updates"), 10'000'000);
    QVERIFY(whole(told, "counter_values_shown") < 100'000);
    QVERIFY(told[QLatin1String("level_of_detail")].toString() != QLatin1String("everything"));
}

// A simulation is the same each time, and so is its file; an older file is replaced.
void TraceFileTest::sameFileTwice()
{
    const QString arguments = QStringLiteral("p.s --argv bx=50 --quantum 2 --trace-json ");
    QVERIFY(m_folder->write("b.json", QByteArray(1'000'000, 'x')));
    QCOMPARE(m_folder->simulate(arguments + QStringLiteral("a.json")).code, 0);
    QCOMPARE(m_folder->simulate(arguments + QStringLiteral("b.json")).code, 0);
    QVERIFY(!contentOf(inFolder("a.json")).isEmpty());
    QCOMPARE(contentOf(inFolder("a.json")), contentOf(inFolder("b.json")));
}

// Sleeping threads switch: where the kernel tells of it, all of that is in the file, and the cores are tracks.
void TraceFileTest::kernelSwitches()
{
    const Ended ended = run(words(QStringLiteral("run --threads 3 --iterations 10 --window 1ms --trials 1 --record "
                                                 "--json --trace-json t.json")),
                            m_folder->path());
    QVERIFY2(ended.code == 0, ended.err.constData());
    QJsonObject told;
    verifySound(inFolder("t.json"), told);
    const QJsonObject first = objectOf(ended)[QLatin1String("runs")].toArray()[0].toObject();
    if (told[QLatin1String("switch_source")].toString() != QLatin1String("kernel"))
        QSKIP("the kernel does not tell of switches here");
    QCOMPARE(whole(told, "switches"), whole(first, "switches_captured"));
    QVERIFY(whole(told, "switches_shown") >= 3 * 9);
    QVERIFY(whole(told, "cores_shown") > 0);
}

void TraceFileTest::refusals_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    const QByteArray needs = "interleave: --trace-json needs --record: only a recorded run knows its updates.\n";
    const QByteArray name = "interleave: --trace-json must name a file.\n";
    QTest::newRow("counted") << QStringLiteral("run --trace-json t.json") << needs;
    QTest::newRow("no name") << QStringLiteral("run --record --trace-json=") << name;
    QTest::newRow("simulate, no name") << QStringLiteral("simulate p.s --trace-json=") << name;
}

void TraceFileTest::refusals()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, sentence);
    const QStringList before = filesIn(m_folder->path());
    const Ended ended = run(words(arguments), m_folder->path());
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(ended.err, sentence);
    QCOMPARE(filesIn(m_folder->path()), before);
}

void TraceFileTest::placesThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("place");
    for (const char* place : {"missing/t.json", "p.s/t.json", "."})
        for (const char* command : {"run --threads 2 --iterations 10 --record", "simulate p.s"})
            QTest::addRow("%s at %s", command, place) << QString::fromLatin1(command) << QString::fromLatin1(place);
}

void TraceFileTest::placesThatCannotBeWritten()
{
    QFETCH(QString, arguments);
    QFETCH(QString, place);
    const QStringList before = filesIn(m_folder->path());
    const Ended ended = run(words(arguments) + QStringList{QStringLiteral("--trace-json"), place}, m_folder->path());
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(isOneSentence(ended.err) && ended.err.contains("--trace-json") && ended.err.contains(place.toUtf8()),
             ended.err.constData());
    QCOMPARE(filesIn(m_folder->path()), before);
}

void TraceFileTest::fullDisk_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("run") << QStringLiteral("run --threads 2 --iterations 1000 --trials 1 --record");
    QTest::newRow("simulate") << QStringLiteral("simulate p.s --argv bx=1000");
}

void TraceFileTest::fullDisk()
{
    QFETCH(QString, arguments);
    const QByteArray older = "what was there before";
    QVERIFY(m_folder->write("t.json", older));
    const QStringList before = filesIn(m_folder->path());
    Limits limits;
    limits.fileSize = 10'000;
    const Ended ended = run(words(arguments + QStringLiteral(" --trace-json t.json")), m_folder->path(), limits);
    QCOMPARE(ended.code, 1);
    QVERIFY2(isOneSentence(ended.err) && ended.err.contains("--trace-json: t.json"), ended.err.constData());
    QCOMPARE(contentOf(inFolder("t.json")), older);
    QCOMPARE(filesIn(m_folder->path()), before);
}

// What happened up to there is what one wants to look at.
void TraceFileTest::fault()
{
    const Ended ended = m_folder->simulate(QStringLiteral("fault.s --trace-json t.json"));
    QCOMPARE(ended.code, 1);
    QVERIFY2(isOneSentence(ended.err) && ended.err.contains("-7"), ended.err.constData());
    QJsonObject told;
    verifySound(inFolder("t.json"), told);
}

void TraceFileTest::interrupted_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("threads");
    QTest::newRow("run") << QStringLiteral("run --record --threads 20 --iterations 1000 --window 1s") << 21;
    QTest::newRow("simulate") << QStringLiteral("simulate loop.s --max-steps 4000000000") << 2;
}

void TraceFileTest::interrupted()
{
    QFETCH(QString, arguments);
    QFETCH(int, threads);
    const QStringList before = filesIn(m_folder->path());
    const auto process = program(words(arguments + QStringLiteral(" --trace-json t.json")), m_folder->path());
    process->start();
    QVERIFY(process->waitForStarted());
    const Ended ended = interleave::test::interrupted(*process, threads);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 130);
    QVERIFY2(isOneSentence(ended.err), ended.err.constData());
    QCOMPARE(filesIn(m_folder->path()), before);
}

QTEST_GUILESS_MAIN(TraceFileTest)
#include "trace_file_test.moc"
