// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_folder.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>
#include <array>

using namespace interleave::test;

namespace {

const char* const twoLocks = ".var lock_a\n.var lock_b\n  test $0, %bx\n  jgt .other\n  lock lock_a\n  lock lock_b\n"
                             "  halt\n.other\n  lock lock_b\n  lock lock_a\n  halt\n";

// All but the time that the run took, which is another one each time.
QByteArray withoutTime(const QByteArray& json)
{
    static const QRegularExpression time(QStringLiteral("\"elapsed_ns\":\\d+"));
    return QString::fromUtf8(json).replace(time, QStringLiteral("\"elapsed_ns\":0")).toUtf8();
}

// The lines of the steps: those between the header and the empty line before the summary.
QList<QByteArray> stepsIn(const QByteArray& out)
{
    QList<QByteArray> lines = out.left(out.indexOf("\n\n")).split('\n');
    lines.removeFirst();
    return lines;
}

} // namespace

// What `interleave simulate` and `interleave programs` print, through the real program.
class SimulateTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void knownAnswers_data();
    void knownAnswers();
    void members();
    void noCounter();
    void counterByName();
    void finalValues();
    void longSchedule();
    void roundTrips_data();
    void roundTrips();
    void seeds();
    void deadlock();
    void deadlockWithOneself();
    void deadlockWithTheFinished();
    void deadlockOfMany();
    void stepLimit();
    void longProgram();
    void trace();
    void traceOfLocks();
    void traceAsJson();
    void listOfPrograms();
    void sources();

private:
    QStringList m_names; // of the built-in programs
    std::unique_ptr<ProgramFolder> m_folder;
};

void SimulateTest::init()
{
    m_folder = std::make_unique<ProgramFolder>();
    QVERIFY(m_folder->write("p.s", counterLoop));
}

void SimulateTest::initTestCase()
{
    const Ended ended = run({QStringLiteral("programs"), QStringLiteral("--json")}, QDir::tempPath());
    for (const auto& value : QJsonDocument::fromJson(ended.out).array())
        m_names.append(value.toObject()[QLatin1String("name")].toString());
    QCOMPARE(m_names.size(), 16);
}

void SimulateTest::knownAnswers_data()
{
    QTest::addColumn<int>("final");
    QTest::newRow("50") << 1640;
    QTest::newRow("3") << 2000;
    QTest::newRow("7") << 1571;
}

// Worked out by hand from the dialect's rules, and what the classroom simulator ends at.
void SimulateTest::knownAnswers()
{
    QFETCH(int, final);
    const QString arguments = QStringLiteral("p.s --threads 2 --argv bx=1000 --scheduler interval --quantum %1")
                                  .arg(QString::fromLatin1(QTest::currentDataTag()));
    const Ended ended = m_folder->simulate(arguments + QStringLiteral(" --json"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 0);
    const QJsonObject object = objectOf(ended);
    QCOMPARE(object[QLatin1String("final")].toObject()[QLatin1String("count")].toInt(), final);
    QCOMPARE(object[QLatin1String("expected")].toInt(), 2000);
    QCOMPARE(object[QLatin1String("lost")].toInt(), 2000 - final);
    QCOMPARE(object[QLatin1String("instructions")].toInt(), 12'002);
    QCOMPARE(object[QLatin1String("outcome")].toString(), QStringLiteral("finished"));

    const Ended summary = m_folder->simulate(arguments);
    QCOMPARE(summary.code, 0);
    QVERIFY2(summary.out.contains("\ncount  " + QByteArray::number(final) + '\n'), summary.out.constData());
    QVERIFY2(summary.out.contains("expected 2000, lost " + QByteArray::number(2000 - final)), summary.out.constData());
}

void SimulateTest::members()
{
    const Ended ended = m_folder->simulate(
        QStringLiteral("p.s --json --argv bx=2 --quantum 4 --seed 18446744073709551615"));
    QCOMPARE(ended.code, 0);
    static const QRegularExpression exactly(QStringLiteral(
        R"re(^\{"program":"p\.s","instructions":26,"steps":\d+,"elapsed_ns":\d+,"final":\{"count":\d+\},)re"
        R"re("switches":\{"voluntary":\d+,"involuntary":\d+\},"expected":4,"lost":\d+,"outcome":"finished",)re"
        R"re("deadlock":\[\],"schedule":"0:4,1:4(,[01]:\d+)+","seed":18446744073709551615\}$)re"));
    const QString text = QString::fromUtf8(ended.out).remove(QLatin1Char('\n'));
    QVERIFY2(exactly.match(text).hasMatch(), qPrintable(text));
    QCOMPARE(QJsonDocument::fromJson(ended.out).isObject(), true);
}

void SimulateTest::noCounter()
{
    QVERIFY(m_folder->write("none.s", ".var x\n  mov $5, x\n  halt\n"));
    const QJsonObject object = objectOf(m_folder->simulate(QStringLiteral("none.s --json")));
    QCOMPARE(object[QLatin1String("expected")], QJsonValue(QJsonValue::Null));
    QCOMPARE(object[QLatin1String("lost")], QJsonValue(QJsonValue::Null));
    QCOMPARE(object[QLatin1String("outcome")].toString(), QStringLiteral("finished"));
    QVERIFY(!m_folder->simulate(QStringLiteral("none.s")).out.contains("lost"));
}

void SimulateTest::counterByName()
{
    QVERIFY(m_folder->write("two.s",
                            ".var a\n.var b\n  mov a, %ax\n  add $1, %ax\n  mov %ax, a\n  mov b, %ax\n  add $5, %ax\n"
                            "  mov %ax, b\n  halt\n"));
    for (const auto& [name, expected] : {std::pair{"a", 2}, std::pair{"b", 10}, std::pair{"104", 10}}) {
        const Ended ended = m_folder->simulate(
            QStringLiteral("two.s --json --counter %1").arg(QString::fromLatin1(name)));
        QCOMPARE(ended.code, 0);
        QCOMPARE(objectOf(ended)[QLatin1String("expected")].toInt(), expected);
    }
}

void SimulateTest::finalValues()
{
    QVERIFY(
        m_folder->write("big.s",
                        ".var list 3\n.var big\n.var small\n  mov $-7, 104\n  mov $1267650600228229401496703205376, "
                        "%ax\n  mov %ax, big\n  mov $-9007199254740993, small\n  halt\n"));
    const Ended ended = m_folder->simulate(QStringLiteral("big.s --threads 1 --json"));
    QCOMPARE(ended.err, QByteArray());
    QVERIFY2(ended.out.contains("\"final\":{\"list\":[0,-7,0],\"big\":1267650600228229401496703205376,"
                                "\"small\":-9007199254740993}"),
             ended.out.constData());
}

void SimulateTest::longSchedule()
{
    const QString arguments = QStringLiteral("p.s --quantum 1 --json --argv bx=%1");
    const QJsonValue some = objectOf(m_folder->simulate(arguments.arg(80'000)))[QLatin1String("schedule")];
    QVERIFY(some.toString().count(QLatin1Char(',')) > 950'000);
    const QJsonObject longer = objectOf(m_folder->simulate(arguments.arg(90'000)));
    QCOMPARE(longer[QLatin1String("outcome")].toString(), QStringLiteral("finished"));
    QCOMPARE(longer[QLatin1String("schedule")], QJsonValue(QJsonValue::Null));
}

void SimulateTest::roundTrips_data()
{
    QTest::addColumn<QString>("arguments");
    const std::array machines{"--cores 1 --switch-cost 0", "--cores 1 --switch-cost 7", "--cores 2 --switch-cost 0",
                              "--cores 4 --switch-cost 3"};
    const std::array policies{"round-robin --quantum 5",
                              "interval --quantum 7",
                              "random --quantum 4 --seed 1",
                              "random --quantum 4 --seed 2",
                              "pct --pct-depth 4 --seed 1",
                              "pct --pct-depth 2 --seed 2",
                              "random-interval --quantum 9 --seed 1",
                              "random-interval --quantum 3 --seed 2"};
    for (const QString& name : m_names)
        for (const char* machine : machines)
            for (const char* policy : policies) {
                const QString settings = QStringLiteral("%1 --scheduler %2")
                                             .arg(QString::fromLatin1(machine), QString::fromLatin1(policy));
                QTest::addRow("%s %s", qPrintable(name), qPrintable(settings))
                    << QStringLiteral("%1 %2 --max-steps 20000 --json").arg(name, settings);
            }
}

// The schedule that a run reports is the run: replayed on the same machine, it comes out the same.
void SimulateTest::roundTrips()
{
    QFETCH(QString, arguments);
    const Ended ended = m_folder->simulate(arguments);
    QCOMPARE(ended.err, QByteArray());
    const QJsonObject object = objectOf(ended);
    const QString outcome = object[QLatin1String("outcome")].toString();
    QCOMPARE(ended.code, outcome == QLatin1String("finished") ? 0 : 3);
    static const QRegularExpression scheduler(QStringLiteral("--scheduler [a-z-]+"));
    const Ended again = m_folder->simulate(QString(arguments).remove(scheduler) + QStringLiteral(" --schedule ")
                                           + object[QLatin1String("schedule")].toString());
    QCOMPARE(again.err, QByteArray());
    QCOMPARE(again.code, ended.code);
    QCOMPARE(withoutTime(again.out), withoutTime(ended.out));
}

void SimulateTest::seeds()
{
    for (const char* policy : {"random", "pct", "random-interval"}) {
        const QString arguments = QStringLiteral("p.s --trace --threads 4 --argv bx=20 --scheduler %1 --seed ")
                                      .arg(QString::fromLatin1(policy));
        const QByteArray first = m_folder->simulate(arguments + QLatin1Char('1')).out;
        QVERIFY(first.size() > 1000);
        QCOMPARE(m_folder->simulate(arguments + QLatin1Char('1')).out, first);
        QVERIFY(m_folder->simulate(arguments + QLatin1Char('2')).out != first);
    }
}

void SimulateTest::deadlock()
{
    QVERIFY(m_folder->write("locks.s", twoLocks));
    const Ended ended = m_folder->simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread A waits for lock_b, held by thread B, which waits for lock_a, held "
                                "by thread A.\n"),
             ended.out.constData());
    const Ended json = m_folder->simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3 --json"));
    QCOMPARE(json.code, 3);
    QVERIFY2(json.out.contains("\"outcome\":\"deadlock\""), json.out.constData());
    QVERIFY2(json.out.contains("\"deadlock\":[{\"thread\":0,\"waits_for\":\"lock_b\",\"held_by\":1},"
                               "{\"thread\":1,\"waits_for\":\"lock_a\",\"held_by\":0}]"),
             json.out.constData());
}

void SimulateTest::deadlockWithOneself()
{
    QVERIFY(m_folder->write("own.s", ".var lock\n  lock lock\n  lock lock\n  halt\n"));
    const Ended ended = m_folder->simulate(QStringLiteral("own.s --threads 1"));
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread A waits for lock, which it holds itself.\n"),
             ended.out.constData());
}

void SimulateTest::deadlockWithTheFinished()
{
    QVERIFY(m_folder->write("kept.s", ".var lock\n  lock lock\n  halt\n"));
    const Ended ended = m_folder->simulate(QStringLiteral("kept.s --threads 3"));
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread B waits for lock, held by thread A, which has finished. Thread C "
                                "waits for lock, held by thread A, which has finished.\n"),
             ended.out.constData());
}

void SimulateTest::deadlockOfMany()
{
    QVERIFY(m_folder->write("many.s", ".var l 4\n  lock (%bx)\n  yield\n  lock (%cx)\n  halt\n"));
    const Ended two = m_folder->simulate(
        QStringLiteral("many.s --threads 5 --argv "
                       "bx=100:cx=104,bx=104:cx=100,bx=108:cx=112,bx=112:cx=108,bx=100"));
    QCOMPARE(two.code, 3);
    QVERIFY2(two.out.contains(
                 "\nDeadlock: thread A waits for l[1], held by thread B, which waits for l[0], held by "
                 "thread A. Thread C waits for l[3], held by thread D, which waits for l[2], held by thread "
                 "C. Thread E waits for l[0], held by thread A.\n"),
             two.out.constData());
    const Ended thirty = m_folder->simulate(QStringLiteral("many.s --threads 30 --argv bx=100:cx=100"));
    QCOMPARE(thirty.code, 3);
    QVERIFY2(thirty.out.contains("\nDeadlock: thread A waits for l[0], which it holds itself. Thread B waits for l[0], "
                                 "held by thread A. Thread C"),
             thirty.out.constData());
    QVERIFY2(thirty.out.contains("And so on, 20 more.\n"), thirty.out.constData());
    const QJsonObject object = objectOf(
        m_folder->simulate(QStringLiteral("many.s --threads 30 --argv bx=100:cx=100 --json")));
    QCOMPARE(object[QLatin1String("deadlock")].toArray().size(), 30);
}

void SimulateTest::stepLimit()
{
    QVERIFY(m_folder->write("loop.s", forEver));
    const Ended ended = m_folder->simulate(QStringLiteral("loop.s --max-steps 1000"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nStopped at the limit of 1,000 steps"), ended.out.constData());
    const Ended json = m_folder->simulate(QStringLiteral("loop.s --max-steps 1000 --json"));
    QCOMPARE(json.code, 3);
    QCOMPARE(objectOf(json)[QLatin1String("outcome")].toString(), QStringLiteral("step-limit"));
    QCOMPARE(objectOf(json)[QLatin1String("steps")].toInt(), 1000);
    QCOMPARE(objectOf(json)[QLatin1String("deadlock")], QJsonValue(QJsonArray()));
}

void SimulateTest::longProgram()
{
    QByteArray source = ".var x\n";
    for (int i = 0; i < 10'000; ++i)
        source += "  add $1, %ax   # and again\n";
    QVERIFY(m_folder->write("long.s", source + "  mov %ax, x\n  halt\n"));
    const Ended ended = m_folder->simulate(QStringLiteral("long.s --json"));
    QCOMPARE(ended.code, 0);
    QCOMPARE(objectOf(ended)[QLatin1String("final")].toObject()[QLatin1String("x")].toInt(), 10'000);
    QCOMPARE(objectOf(ended)[QLatin1String("instructions")].toInt(), 20'004);
}

void SimulateTest::trace()
{
    for (const char* flags : {"", " --cores 2 --switch-cost 3", " --cores 3 --threads 30", " --scheduler pct"}) {
        const QString arguments = QStringLiteral("p.s --argv bx=30 --quantum 7") + QString::fromLatin1(flags);
        const QJsonObject object = objectOf(m_folder->simulate(arguments + QStringLiteral(" --json")));
        const Ended ended = m_folder->simulate(arguments + QStringLiteral(" --trace"));
        QCOMPARE(ended.code, 0);
        const QList<QByteArray> lines = stepsIn(ended.out);
        QCOMPARE(lines.size(), object[QLatin1String("steps")].toInt());
        int voluntary = 0;
        int involuntary = 0;
        int instructions = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QByteArray& line = lines[i];
            QVERIFY2(QString::fromUtf8(line).size() <= 100, line.constData());
            QVERIFY2(!line.endsWith(' '), line.constData());
            QCOMPARE(line.left(line.indexOf(' ', 4)).toInt(), static_cast<int>(i));
            voluntary += line.contains("save, voluntary") ? 1 : 0;
            involuntary += line.contains("save, involuntary") ? 1 : 0;
            instructions += line.contains("  10") && line.contains('%') ? 1
                                                                        : line.contains("jgt") || line.contains("halt");
        }
        const QJsonObject switches = object[QLatin1String("switches")].toObject();
        QCOMPARE(voluntary, switches[QLatin1String("voluntary")].toInt());
        QCOMPARE(involuntary, switches[QLatin1String("involuntary")].toInt());
        QCOMPARE(instructions, object[QLatin1String("instructions")].toInt());
        QCOMPARE(ended.out.count(": registers to its TCB"), voluntary + involuntary);
        QCOMPARE(ended.out.mid(ended.out.indexOf("\n\n") + 2), m_folder->simulate(arguments).out);
    }
}

void SimulateTest::traceOfLocks()
{
    QVERIFY(m_folder->write("locks.s", twoLocks));
    const QByteArray out = m_folder->simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3 --trace")).out;
    for (const char* part :
         {" 1000  test $0, %bx  >= <= ==\n", " 1000  test $0, %bx  >= > !=\n", "  goes on\n", "  jumps to 1005\n",
          "  takes lock_a\n", "  waits for lock_b, held by B\n", "  waits for lock_a, held by A\n", "save, voluntary"})
        QVERIFY2(out.contains(part), (QByteArray(part) + '\n' + out).constData());

    QVERIFY(
        m_folder->write("pass.s", ".var lock\n  lock lock\n  sleep 5\n  push %sp\n  unlock lock\n  yield\n  halt\n"));
    const QByteArray passed = m_folder->simulate(QStringLiteral("pass.s --trace")).out;
    for (const char* part : {"  waits for lock, held by A\n", "  sleeps for 5 ticks\n", "  wakes\n",
                             "  releases lock\n", "  is handed lock\n", "  leaves its core voluntarily\n",
                             "sp 128000 \u2192 127996, [127996] 0 \u2192 128000\n"})
        QVERIFY2(passed.contains(part), (QByteArray(part) + '\n' + passed).constData());
}

void SimulateTest::traceAsJson()
{
    const Ended plain = m_folder->simulate(QStringLiteral("p.s --argv bx=5 --quantum 4 --cores 2 --json"));
    const Ended ended = m_folder->simulate(QStringLiteral("p.s --argv bx=5 --quantum 4 --cores 2 --json --trace"));
    QCOMPARE(ended.code, 0);
    QJsonObject object = objectOf(ended);
    const QJsonArray steps = object.take(QLatin1String("trace")).toArray();
    QJsonObject without = objectOf(plain);
    QVERIFY(object.take(QLatin1String("elapsed_ns")).toInt() > 0);
    QVERIFY(without.take(QLatin1String("elapsed_ns")).toInt() > 0);
    QCOMPARE(object, without);
    QCOMPARE(steps.size(), object[QLatin1String("steps")].toInt());
    int instructions = 0;
    int count = 0;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const QJsonObject step = steps[i].toObject();
        QCOMPARE(step[QLatin1String("step")].toInt(), static_cast<int>(i));
        const bool isInstruction = step[QLatin1String("address")].isDouble();
        instructions += isInstruction ? 1 : 0;
        QCOMPARE(step[QLatin1String("instruction")].isString(), isInstruction);
        if (const QJsonValue written = step[QLatin1String("written")]; written.isObject()) {
            QCOMPARE(written[QLatin1String("cell")].toString(), QStringLiteral("count"));
            QCOMPARE(written[QLatin1String("before")].toInt(), count);
            count = written[QLatin1String("after")].toInt();
        }
    }
    QCOMPARE(instructions, object[QLatin1String("instructions")].toInt());
    QCOMPARE(object[QLatin1String("final")].toObject()[QLatin1String("count")].toInt(), count);
}

void SimulateTest::listOfPrograms()
{
    const Ended list = m_folder->programs(QString());
    QCOMPARE(list.code, 0);
    const QList<QByteArray> lines = list.out.trimmed().split('\n');
    const QJsonArray array = QJsonDocument::fromJson(m_folder->programs(QStringLiteral("--json")).out).array();
    QCOMPARE(array.size(), lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QJsonObject object = array[i].toObject();
        QCOMPARE(object.keys(), (QStringList{QStringLiteral("counter"), QStringLiteral("name"),
                                             QStringLiteral("summary"), QStringLiteral("threads")}));
        const QByteArray name = object[QLatin1String("name")].toString().toUtf8();
        const QByteArray summary = object[QLatin1String("summary")].toString().toUtf8();
        QVERIFY(lines[i].startsWith(name + "  ") && lines[i].endsWith("  " + summary));
        QVERIFY(summary.size() > 20 && !summary.contains('\n'));
        QVERIFY(object[QLatin1String("threads")].toInt() >= 1);
        QVERIFY(object[QLatin1String("counter")].isNull() || object[QLatin1String("counter")].isString());
    }
}

// What is printed of a program is the program: as a file, with what the built-in one starts with, it does the same.
void SimulateTest::sources()
{
    for (const QString& name : m_names) {
        const Ended source = m_folder->programs(name);
        QCOMPARE(source.code, 0);
        QVERIFY(m_folder->write("copy.s", source.out));
        const QString registers = QStringLiteral(
            " --threads 2 --cores 1 --argv ax=1:bx=4:cx=1,ax=1:bx=4 --json --max-steps 5000");
        const Ended copy = m_folder->simulate(QStringLiteral("copy.s") + registers);
        const Ended original = m_folder->simulate(name + registers);
        if (original.code == 2) // it needs more threads
            continue;
        QCOMPARE(copy.err, original.err);
        for (const char* member : {"final", "steps", "switches", "outcome", "schedule", "deadlock"})
            QCOMPARE(objectOf(copy)[QLatin1String(member)], objectOf(original)[QLatin1String(member)]);
        const Ended cpp = m_folder->programs(name + QStringLiteral(" --face cpp"));
        QVERIFY(cpp.code == 0 ? cpp.out.contains(';') : isOneSentence(cpp.err));
    }
    QVERIFY(m_folder->programs(QStringLiteral("unlocked-counter --face python")).out.contains(":\n"));
}

QTEST_GUILESS_MAIN(SimulateTest)
#include "simulate_test.moc"
