// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace interleave::test;

namespace {

const char* const counterLoop = ".var count\n.main\n.top\n  mov count, %ax\n  add $1, %ax\n  mov %ax, count\n"
                                "  sub $1, %bx\n  test $0, %bx\n  jgt .top\n  halt\n";
const char* const twoLocks = ".var lock_a\n.var lock_b\n  test $0, %bx\n  jgt .other\n  lock lock_a\n  lock lock_b\n"
                             "  halt\n.other\n  lock lock_b\n  lock lock_a\n  halt\n";
const char* const forEver = ".top\n  j .top\n";

QStringList words(const QString& text)
{
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QJsonObject objectOf(const Ended& ended)
{
    return QJsonDocument::fromJson(ended.out).object();
}

// All but the time that the run took, which is another one each time.
QByteArray withoutTime(const QByteArray& json)
{
    static const QRegularExpression time(QStringLiteral("\"elapsed_ns\":\\d+"));
    return QString::fromUtf8(json).replace(time, QStringLiteral("\"elapsed_ns\":0")).toUtf8();
}

bool isOneSentence(const QByteArray& err)
{
    return err.startsWith("interleave: ") && err.endsWith('\n') && err.count('\n') == 1;
}

// The lines of the steps: those between the header and the empty line before the summary.
QList<QByteArray> stepsIn(const QByteArray& out)
{
    QList<QByteArray> lines = out.left(out.indexOf("\n\n")).split('\n');
    lines.removeFirst();
    return lines;
}

} // namespace

// `interleave simulate` and `interleave programs`, through the real program.
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
    void stepLimit();
    void faults_data();
    void faults();
    void schedules_data();
    void schedules();
    void unreadable_data();
    void unreadable();
    void names();
    void usage_data();
    void usage();
    void threadsOfPrograms();
    void longProgram();
    void trace();
    void traceOfLocks();
    void traceAsJson();
    void interrupt_data();
    void interrupt();
    void fullDisk();
    void listOfPrograms();
    void sources();
    void programsUsage_data();
    void programsUsage();
    void help();

private:
    bool write(const char* name, const QByteArray& source);
    Ended simulate(const QString& arguments);
    Ended programs(const QString& arguments);

    QStringList m_names; // of the built-in programs
    std::unique_ptr<QTemporaryDir> m_directory;
};

void SimulateTest::initTestCase()
{
    const Ended ended = run({QStringLiteral("programs"), QStringLiteral("--json")}, QDir::tempPath());
    for (const auto& value : QJsonDocument::fromJson(ended.out).array())
        m_names.append(value.toObject()[QLatin1String("name")].toString());
    QCOMPARE(m_names.size(), 15);
}

void SimulateTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    QVERIFY(write("p.s", counterLoop));
}

bool SimulateTest::write(const char* name, const QByteArray& source)
{
    QFile file(QDir(m_directory->path()).filePath(QString::fromUtf8(name)));
    return file.open(QIODevice::WriteOnly) && file.write(source) == source.size();
}

Ended SimulateTest::simulate(const QString& arguments)
{
    return run(QStringList{QStringLiteral("simulate")} + words(arguments), m_directory->path());
}

Ended SimulateTest::programs(const QString& arguments)
{
    return run(QStringList{QStringLiteral("programs")} + words(arguments), m_directory->path());
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
    const Ended ended = simulate(arguments + QStringLiteral(" --json"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 0);
    const QJsonObject object = objectOf(ended);
    QCOMPARE(object[QLatin1String("final")].toObject()[QLatin1String("count")].toInt(), final);
    QCOMPARE(object[QLatin1String("expected")].toInt(), 2000);
    QCOMPARE(object[QLatin1String("lost")].toInt(), 2000 - final);
    QCOMPARE(object[QLatin1String("instructions")].toInt(), 12'002);
    QCOMPARE(object[QLatin1String("outcome")].toString(), QStringLiteral("finished"));

    const Ended summary = simulate(arguments);
    QCOMPARE(summary.code, 0);
    QVERIFY2(summary.out.contains("\ncount  " + QByteArray::number(final) + '\n'), summary.out.constData());
    QVERIFY2(summary.out.contains("expected 2000, lost " + QByteArray::number(2000 - final)), summary.out.constData());
}

void SimulateTest::members()
{
    const Ended ended = simulate(QStringLiteral("p.s --json --argv bx=2 --quantum 4 --seed 18446744073709551615"));
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
    QVERIFY(write("none.s", ".var x\n  mov $5, x\n  halt\n"));
    const QJsonObject object = objectOf(simulate(QStringLiteral("none.s --json")));
    QCOMPARE(object[QLatin1String("expected")], QJsonValue(QJsonValue::Null));
    QCOMPARE(object[QLatin1String("lost")], QJsonValue(QJsonValue::Null));
    QCOMPARE(object[QLatin1String("outcome")].toString(), QStringLiteral("finished"));
    QVERIFY(!simulate(QStringLiteral("none.s")).out.contains("lost"));
}

void SimulateTest::counterByName()
{
    QVERIFY(write("two.s", ".var a\n.var b\n  mov a, %ax\n  add $1, %ax\n  mov %ax, a\n  mov b, %ax\n  add $5, %ax\n"
                           "  mov %ax, b\n  halt\n"));
    for (const auto& [name, expected] : {std::pair{"a", 2}, std::pair{"b", 10}, std::pair{"104", 10}}) {
        const Ended ended = simulate(QStringLiteral("two.s --json --counter %1").arg(QString::fromLatin1(name)));
        QCOMPARE(ended.code, 0);
        QCOMPARE(objectOf(ended)[QLatin1String("expected")].toInt(), expected);
    }
}

void SimulateTest::finalValues()
{
    QVERIFY(write("big.s", ".var list 3\n.var big\n.var small\n  mov $-7, 104\n  mov $1267650600228229401496703205376, "
                           "%ax\n  mov %ax, big\n  mov $-9007199254740993, small\n  halt\n"));
    const Ended ended = simulate(QStringLiteral("big.s --threads 1 --json"));
    QCOMPARE(ended.err, QByteArray());
    QVERIFY2(ended.out.contains("\"final\":{\"list\":[0,-7,0],\"big\":1267650600228229401496703205376,"
                                "\"small\":-9007199254740993}"),
             ended.out.constData());
}

void SimulateTest::longSchedule()
{
    const QString arguments = QStringLiteral("p.s --quantum 1 --json --argv bx=%1");
    const QJsonValue some = objectOf(simulate(arguments.arg(80'000)))[QLatin1String("schedule")];
    QVERIFY(some.toString().count(QLatin1Char(',')) > 950'000);
    const QJsonObject longer = objectOf(simulate(arguments.arg(90'000)));
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
    const Ended ended = simulate(arguments);
    QCOMPARE(ended.err, QByteArray());
    const QJsonObject object = objectOf(ended);
    const QString outcome = object[QLatin1String("outcome")].toString();
    QCOMPARE(ended.code, outcome == QLatin1String("finished") ? 0 : 3);
    static const QRegularExpression scheduler(QStringLiteral("--scheduler [a-z-]+"));
    const Ended again = simulate(QString(arguments).remove(scheduler) + QStringLiteral(" --schedule ")
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
        const QByteArray first = simulate(arguments + QLatin1Char('1')).out;
        QVERIFY(first.size() > 1000);
        QCOMPARE(simulate(arguments + QLatin1Char('1')).out, first);
        QVERIFY(simulate(arguments + QLatin1Char('2')).out != first);
    }
}

void SimulateTest::deadlock()
{
    QVERIFY(write("locks.s", twoLocks));
    const Ended ended = simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread A waits for lock_b, held by thread B, which waits for lock_a, held "
                                "by thread A.\n"),
             ended.out.constData());
    const Ended json = simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3 --json"));
    QCOMPARE(json.code, 3);
    QVERIFY2(json.out.contains("\"outcome\":\"deadlock\""), json.out.constData());
    QVERIFY2(json.out.contains("\"deadlock\":[{\"thread\":0,\"waits_for\":\"lock_b\",\"held_by\":1},"
                               "{\"thread\":1,\"waits_for\":\"lock_a\",\"held_by\":0}]"),
             json.out.constData());
}

void SimulateTest::deadlockWithOneself()
{
    QVERIFY(write("own.s", ".var lock\n  lock lock\n  lock lock\n  halt\n"));
    const Ended ended = simulate(QStringLiteral("own.s --threads 1"));
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread A waits for lock, which it holds itself.\n"),
             ended.out.constData());
}

void SimulateTest::deadlockWithTheFinished()
{
    QVERIFY(write("kept.s", ".var lock\n  lock lock\n  halt\n"));
    const Ended ended = simulate(QStringLiteral("kept.s --threads 3"));
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nDeadlock: thread B waits for lock, held by thread A, which has finished. Thread C "
                                "waits for lock, held by thread A, which has finished.\n"),
             ended.out.constData());
}

void SimulateTest::stepLimit()
{
    QVERIFY(write("loop.s", forEver));
    const Ended ended = simulate(QStringLiteral("loop.s --max-steps 1000"));
    QCOMPARE(ended.err, QByteArray());
    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.out.contains("\nStopped at the limit of 1,000 steps"), ended.out.constData());
    const Ended json = simulate(QStringLiteral("loop.s --max-steps 1000 --json"));
    QCOMPARE(json.code, 3);
    QCOMPARE(objectOf(json)[QLatin1String("outcome")].toString(), QStringLiteral("step-limit"));
    QCOMPARE(objectOf(json)[QLatin1String("steps")].toInt(), 1000);
    QCOMPARE(objectOf(json)[QLatin1String("deadlock")], QJsonValue(QJsonArray()));
}

void SimulateTest::faults_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("read out of range")
        << QByteArray("  nop\n  mov 999999, %ax\n  halt\n")
        << QByteArray("Thread A at 1001, line 2: the address 999999 is out of range; memory ends before 131072.");
    QTest::newRow("write below 0") << QByteArray("\n  mov $1, -4\n  halt\n")
                                   << QByteArray("Thread A at 1000, line 2: the address -4 is out of range; memory "
                                                 "ends before 131072.");
    QTest::newRow("code") << QByteArray("  mov 1000, %ax\n  halt\n")
                          << QByteArray("Thread A at 1000, line 1: the address 1000 holds code, not a number.");
    QTest::newRow("no halt") << QByteArray("  nop\n")
                             << QByteArray("Thread A goes on at 1001, where there is no instruction.");
    QTest::newRow("nothing at all") << QByteArray()
                                    << QByteArray("Thread A goes on at 1000, where there is no instruction.");
    QTest::newRow("number") << QByteArray("  mov $3, %ax\n.top\n  mul %ax, %ax\n  j .top\n")
                            << QByteArray("Thread A at 1001, line 3: the result has too many digits.");
    QTest::newRow("unlock") << QByteArray(".var locks 4\n  nop\n  unlock 108\n  halt\n")
                            << QByteArray("Thread A at 1001, line 3 unlocks locks[2], which it does not hold.");
}

void SimulateTest::faults()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, sentence);
    QVERIFY(write("f.s", source));
    for (const char* flags : {"", " --json", " --json --trace"}) {
        const Ended ended = simulate(QStringLiteral("f.s --threads 1") + QString::fromLatin1(flags));
        QVERIFY(!ended.crashed);
        QCOMPARE(ended.code, 1);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(ended.err, "interleave: " + sentence + '\n');
    }
    // What led there can be read.
    const Ended traced = simulate(QStringLiteral("f.s --threads 1 --trace"));
    QCOMPARE(traced.code, 1);
    QCOMPARE(traced.err, "interleave: " + sentence + '\n');
    QVERIFY(traced.out.startsWith("step  tick  core  thread  address  instruction"));
    QVERIFY2(traced.out.contains("begins"), traced.out.constData());
}

void SimulateTest::schedules_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("finished thread") << QStringLiteral("--argv bx=1 --schedule 0:7,1:3,0:1,1:4") << 1
                                     << QByteArray("--schedule is impossible: after 10 instructions");
    QTest::newRow("too much of one") << QStringLiteral("--argv bx=1 --schedule 0:8,1:7") << 1
                                     << QByteArray("--schedule is impossible: after 7 instructions");
    QTest::newRow("no such thread") << QStringLiteral("--schedule 0:3,2:1") << 2 << QByteArray("'2:1'");
    QTest::newRow("no entry") << QStringLiteral("--schedule 0:3,1") << 2 << QByteArray("not '1' (character 5)");
    QTest::newRow("no text") << QStringLiteral("--schedule=") << 2 << QByteArray("--schedule is empty");
    QTest::newRow("large") << QStringLiteral("--schedule 0:9223372036854775808") << 2 << QByteArray("too large");
    QTest::newRow("no schedule") << QStringLiteral("--scheduler replay") << 2
                                 << QByteArray("--scheduler replay needs a --schedule");
    QTest::newRow("another scheduler") << QStringLiteral("--scheduler random --schedule 0:3") << 2
                                       << QByteArray("--schedule is for --scheduler replay, not 'random'");
}

void SimulateTest::schedules()
{
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    const Ended ended = simulate(QStringLiteral("p.s ") + arguments);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, code);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(isOneSentence(ended.err) && ended.err.contains(part), ended.err.constData());
}

void SimulateTest::unreadable_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("sentence");
    const QByteArray noText = "'f.s' is no text in UTF-8, so it is no program.";
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\x02\x01\x01\0\0\0\0\xff\xfe",
                                          13)
                            << noText;
    QTest::newRow("NUL") << QByteArray("  nop\n\0  halt\n", 14) << noText;
    QTest::newRow("no UTF-8") << QByteArray("  nop # \xff\xfe\n  halt\n") << noText;
    QTest::newRow("control") << QByteArray("  nop\n  \x01\n")
                             << QByteArray("'f.s', line 2, column 3: this is no text, so it is no program.");
    QTest::newRow("opcode") << QByteArray("  nop\n\n  jmp 5\n")
                            << QByteArray("'f.s', line 3, column 3: there is no opcode 'jmp'.");
    QTest::newRow("variable") << QByteArray("  mov cuont, %ax\n")
                              << QByteArray("'f.s', line 1, column 7: there is no variable 'cuont'.");
}

void SimulateTest::unreadable()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, sentence);
    QVERIFY(write("f.s", source));
    const Ended ended = simulate(QStringLiteral("f.s"));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(ended.err, "interleave: " + sentence + '\n');
}

void SimulateTest::names()
{
    QVERIFY(write("peterson", "  nop\n  halt\n"));
    QVERIFY(write("own", "  nop\n  halt\n"));
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("folder")));
    const auto instructions = [this](const char* name) {
        return objectOf(simulate(QString::fromLatin1(name) + QStringLiteral(" --json")))[QLatin1String("instructions")]
            .toInt();
    };
    QVERIFY(instructions("peterson") > 4); // the built-in one
    QCOMPARE(instructions("./peterson"), 4);
    QCOMPARE(instructions("own"), 4);

    for (const char* missing : {"missing.s", "./missing", "folder/p.s", "folder"}) {
        const Ended ended = simulate(QString::fromLatin1(missing));
        QCOMPARE(ended.code, 1);
        QVERIFY2(isOneSentence(ended.err) && ended.err.contains("cannot read '" + QByteArray(missing) + "': "),
                 ended.err.constData());
    }
    const Ended near = simulate(QStringLiteral("petersen"));
    QCOMPARE(near.code, 2);
    QVERIFY2(isOneSentence(near.err) && near.err.contains("peterson") && near.err.contains("interleave programs"),
             near.err.constData());
    const Ended far = simulate(QStringLiteral("xyzxyzxyz"));
    QCOMPARE(far.code, 2);
    QCOMPARE(far.err, QByteArray("interleave: there is no program 'xyzxyzxyz'; interleave programs lists those that "
                                 "there are.\n"));
}

void SimulateTest::usage_data()
{
    QTest::addColumn<QByteArray>("sentence");
    const auto range = [](const char* flag, const char* from, const char* to, std::initializer_list<const char*> bad) {
        for (const char* value : bad)
            QTest::addRow("%s %s", flag, value)
                << QByteArray(flag) + " must be a whole number from " + from + " to " + to + ", not '" + value + "'.";
    };
    range("--threads", "1", "100", {"0", "101", "-1", "two", "1.5"});
    range("--cores", "1", "8", {"0", "9"});
    range("--quantum", "1", "1000000000", {"0", "1000000001"});
    range("--seed", "0", "18446744073709551615", {"-1", "18446744073709551616"});
    range("--switch-cost", "0", "1000000", {"1000001", "-1"});
    range("--max-steps", "1", "4000000000", {"0", "4000000001"});
    range("--pct-depth", "1", "100", {"0", "101"});
    for (const char* policy : {"fair", "manual", ""})
        QTest::addRow("--scheduler=%s", policy)
            << QByteArray(
                   "--scheduler must be one of round-robin, random, pct, replay, interval, random-interval, not '")
                   + policy + "'.";
    QTest::newRow("--argv ax") << QByteArray("--argv must name a register and its value, such as ax=1, not 'ax'.");
    QTest::newRow("--argv=") << QByteArray("--argv must name a register and its value, such as ax=1, not ''.");
    QTest::newRow("--argv ax=1:gx=1") << QByteArray(
        "--argv must name a register and its value, such as ax=1, not 'gx=1'.");
    QTest::newRow("--argv ax=one") << QByteArray("--argv must give a register a whole number, not 'ax=one'.");
    QTest::newRow("--argv ax=1,ax=2,ax=3")
        << QByteArray("--argv must give one set of registers, or one for each of the 2 threads, not 3.");
    QTest::newRow("--counter nothing") << QByteArray(
        "--counter must name a variable of the program or the address of a cell, not 'nothing'.");
    QTest::newRow("--bogus") << QByteArray("simulate has no option '--bogus'; interleave simulate --help lists them.");
    QTest::newRow("q.s") << QByteArray("simulate takes one program, not 'p.s' and 'q.s'.");
}

void SimulateTest::usage()
{
    QFETCH(QByteArray, sentence);
    const Ended ended = simulate(QStringLiteral("p.s ") + QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.err, "interleave: " + sentence + '\n');
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
}

void SimulateTest::threadsOfPrograms()
{
    const Ended none = simulate(QString());
    QCOMPARE(none.code, 2);
    QVERIFY(isOneSentence(none.err) && none.err.contains("interleave programs"));
    const Ended three = simulate(QStringLiteral("peterson --threads 3"));
    QCOMPARE(three.code, 2);
    QCOMPARE(three.err, QByteArray("interleave: --threads must be 2 for peterson, not '3'.\n"));
    const Ended four = simulate(QStringLiteral("unlocked-counter --threads 4 --argv bx=10 --json"));
    QCOMPARE(four.code, 0);
    QCOMPARE(objectOf(four)[QLatin1String("expected")].toInt(), 40);
}

void SimulateTest::longProgram()
{
    QByteArray source = ".var x\n";
    for (int i = 0; i < 10'000; ++i)
        source += "  add $1, %ax   # and again\n";
    QVERIFY(write("long.s", source + "  mov %ax, x\n  halt\n"));
    const Ended ended = simulate(QStringLiteral("long.s --json"));
    QCOMPARE(ended.code, 0);
    QCOMPARE(objectOf(ended)[QLatin1String("final")].toObject()[QLatin1String("x")].toInt(), 10'000);
    QCOMPARE(objectOf(ended)[QLatin1String("instructions")].toInt(), 20'004);
}

void SimulateTest::trace()
{
    for (const char* flags : {"", " --cores 2 --switch-cost 3", " --cores 3 --threads 30", " --scheduler pct"}) {
        const QString arguments = QStringLiteral("p.s --argv bx=30 --quantum 7") + QString::fromLatin1(flags);
        const QJsonObject object = objectOf(simulate(arguments + QStringLiteral(" --json")));
        const Ended ended = simulate(arguments + QStringLiteral(" --trace"));
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
        QCOMPARE(ended.out.mid(ended.out.indexOf("\n\n") + 2), simulate(arguments).out);
    }
}

void SimulateTest::traceOfLocks()
{
    QVERIFY(write("locks.s", twoLocks));
    const QByteArray out = simulate(QStringLiteral("locks.s --argv bx=0,bx=1 --quantum 3 --trace")).out;
    for (const char* part :
         {" 1000  test $0, %bx  >= <= ==\n", " 1000  test $0, %bx  >= > !=\n", "  goes on\n", "  jumps to 1005\n",
          "  takes lock_a\n", "  waits for lock_b, held by B\n", "  waits for lock_a, held by A\n", "save, voluntary"})
        QVERIFY2(out.contains(part), (QByteArray(part) + '\n' + out).constData());

    QVERIFY(write("pass.s", ".var lock\n  lock lock\n  sleep 5\n  push %sp\n  unlock lock\n  yield\n  halt\n"));
    const QByteArray passed = simulate(QStringLiteral("pass.s --trace")).out;
    for (const char* part :
         {"  waits for lock, held by A\n", "  sleeps for 5 ticks\n", "  wakes\n", "  releases lock\n",
          "  is handed lock\n", "  gives up its core\n", "sp 128000 \u2192 127996, [127996] 0 \u2192 128000\n"})
        QVERIFY2(passed.contains(part), (QByteArray(part) + '\n' + passed).constData());
}

void SimulateTest::traceAsJson()
{
    const Ended plain = simulate(QStringLiteral("p.s --argv bx=5 --quantum 4 --cores 2 --json"));
    const Ended ended = simulate(QStringLiteral("p.s --argv bx=5 --quantum 4 --cores 2 --json --trace"));
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

void SimulateTest::interrupt_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("running") << QStringLiteral("loop.s --max-steps 4000000000 --json");
    QTest::newRow("printing") << QStringLiteral("loop.s --max-steps 50000000 --trace");
}

void SimulateTest::interrupt()
{
    QFETCH(QString, arguments);
    QVERIFY(write("loop.s", forEver));
    const auto process = program(QStringList{QStringLiteral("simulate")} + words(arguments), m_directory->path());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->start();
    QVERIFY(process->waitForStarted());
    // Once there is a second thread, it watches for the signal.
    const Ended ended = interrupted(*process, 2);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 130);
    QVERIFY2(isOneSentence(ended.err) && ended.err.startsWith("interleave: interrupted; "), ended.err.constData());
}

void SimulateTest::fullDisk()
{
    QVERIFY(write("loop.s", forEver));
    Limits limits;
    limits.fileSize = 100'000;
    const auto process = program(words(QStringLiteral("simulate loop.s --max-steps 1000000 --trace")),
                                 m_directory->path(), limits);
    process->setStandardOutputFile(QDir(m_directory->path()).filePath(QStringLiteral("out.txt")));
    process->start();
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 1);
    const QByteArray sentence = process->readAllStandardError();
    QVERIFY2(sentence.startsWith("interleave: the output cannot be written") && isOneSentence(sentence),
             sentence.constData());
}

void SimulateTest::listOfPrograms()
{
    const Ended list = programs(QString());
    QCOMPARE(list.code, 0);
    const QList<QByteArray> lines = list.out.trimmed().split('\n');
    const QJsonArray array = QJsonDocument::fromJson(programs(QStringLiteral("--json")).out).array();
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
        const Ended source = programs(name);
        QCOMPARE(source.code, 0);
        QVERIFY(write("copy.s", source.out));
        const QString registers = QStringLiteral(
            " --threads 2 --argv ax=1:bx=4:cx=1,ax=1:bx=4 --json --max-steps 5000");
        const Ended copy = simulate(QStringLiteral("copy.s") + registers);
        const Ended original = simulate(name + registers);
        if (original.code == 2) // it needs more threads
            continue;
        QCOMPARE(copy.err, original.err);
        for (const char* member : {"final", "steps", "switches", "outcome", "schedule", "deadlock"})
            QCOMPARE(objectOf(copy)[QLatin1String(member)], objectOf(original)[QLatin1String(member)]);
        const Ended cpp = programs(name + QStringLiteral(" --face cpp"));
        QVERIFY(cpp.code == 0 ? cpp.out.contains(';') : isOneSentence(cpp.err));
    }
    QVERIFY(programs(QStringLiteral("unlocked-counter --face python")).out.contains(":\n"));
}

void SimulateTest::programsUsage_data()
{
    QTest::addColumn<QString>("arguments");
    for (const char* arguments : {"petersen", "peterson --face java", "--face cpp", "peterson test-and-set",
                                  "peterson --json", "--bogus", "test-and-set --face python"})
        QTest::newRow(arguments) << QString::fromLatin1(arguments);
}

void SimulateTest::programsUsage()
{
    QFETCH(QString, arguments);
    const Ended ended = programs(arguments);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(isOneSentence(ended.err), ended.err.constData());
}

void SimulateTest::help()
{
    const Ended ended = simulate(QStringLiteral("--help"));
    QCOMPARE(ended.code, 0);
    for (const char* name : {"--threads", "--cores", "--scheduler", "--quantum", "--seed", "--switch-cost",
                             "--schedule", "--argv", "--max-steps", "--pct-depth", "--counter", "--json", "--trace"})
        QVERIFY2(ended.out.contains(name), name);
    QVERIFY(programs(QStringLiteral("--help")).out.contains("--face"));
    const Ended general = run({QStringLiteral("--help")}, m_directory->path());
    QVERIFY(general.out.contains("interleave simulate") && general.out.contains("interleave programs"));
}

QTEST_GUILESS_MAIN(SimulateTest)
#include "simulate_test.moc"
