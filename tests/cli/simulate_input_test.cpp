// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_folder.h"

#include <QProcess>
#include <QTest>

using namespace interleave::test;

// What `interleave simulate` and `interleave programs` refuse, and how they end when something is in the way.
class SimulateInputTest : public QObject {
    Q_OBJECT

private slots:
    void init();
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
    void interrupt_data();
    void interrupt();
    void fullDisk();
    void programsUsage_data();
    void programsUsage();
    void help();

private:
    std::unique_ptr<ProgramFolder> m_folder;
};

void SimulateInputTest::init()
{
    m_folder = std::make_unique<ProgramFolder>();
    QVERIFY(m_folder->write("p.s", counterLoop));
}

void SimulateInputTest::faults_data()
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

void SimulateInputTest::faults()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, sentence);
    QVERIFY(m_folder->write("f.s", source));
    for (const char* flags : {"", " --json", " --json --trace"}) {
        const Ended ended = m_folder->simulate(QStringLiteral("f.s --threads 1") + QString::fromLatin1(flags));
        QVERIFY(!ended.crashed);
        QCOMPARE(ended.code, 1);
        QCOMPARE(ended.out, QByteArray());
        QCOMPARE(ended.err, "interleave: " + sentence + '\n');
    }
    // What led there can be read.
    const Ended traced = m_folder->simulate(QStringLiteral("f.s --threads 1 --trace"));
    QCOMPARE(traced.code, 1);
    QCOMPARE(traced.err, "interleave: " + sentence + '\n');
    QVERIFY(traced.out.startsWith("step  tick  core  thread  address  instruction"));
    QVERIFY2(traced.out.contains("begins"), traced.out.constData());
}

void SimulateInputTest::schedules_data()
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

void SimulateInputTest::schedules()
{
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    const Ended ended = m_folder->simulate(QStringLiteral("p.s ") + arguments);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, code);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(isOneSentence(ended.err) && ended.err.contains(part), ended.err.constData());
}

void SimulateInputTest::unreadable_data()
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

void SimulateInputTest::unreadable()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, sentence);
    QVERIFY(m_folder->write("f.s", source));
    const Ended ended = m_folder->simulate(QStringLiteral("f.s"));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(ended.err, "interleave: " + sentence + '\n');
}

void SimulateInputTest::names()
{
    QVERIFY(m_folder->write("peterson", "  nop\n  halt\n"));
    QVERIFY(m_folder->write("own", "  nop\n  halt\n"));
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder")));
    const auto instructions = [this](const char* name) {
        return objectOf(m_folder->simulate(QString::fromLatin1(name)
                                           + QStringLiteral(" --json")))[QLatin1String("instructions")]
            .toInt();
    };
    QVERIFY(instructions("peterson") > 4); // the built-in one
    QCOMPARE(instructions("./peterson"), 4);
    QCOMPARE(instructions("own"), 4);

    for (const char* missing : {"missing.s", "./missing", "folder/p.s", "folder"}) {
        const Ended ended = m_folder->simulate(QString::fromLatin1(missing));
        QCOMPARE(ended.code, 1);
        QVERIFY2(isOneSentence(ended.err) && ended.err.contains("cannot read '" + QByteArray(missing) + "': "),
                 ended.err.constData());
    }
    const Ended near = m_folder->simulate(QStringLiteral("petersen"));
    QCOMPARE(near.code, 2);
    QVERIFY2(isOneSentence(near.err) && near.err.contains("peterson") && near.err.contains("interleave programs"),
             near.err.constData());
    const Ended far = m_folder->simulate(QStringLiteral("xyzxyzxyz"));
    QCOMPARE(far.code, 2);
    QCOMPARE(far.err, QByteArray("interleave: there is no program 'xyzxyzxyz'; interleave programs lists those that "
                                 "there are.\n"));
}

void SimulateInputTest::usage_data()
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

void SimulateInputTest::usage()
{
    QFETCH(QByteArray, sentence);
    const Ended ended = m_folder->simulate(QStringLiteral("p.s ") + QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.err, "interleave: " + sentence + '\n');
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
}

void SimulateInputTest::threadsOfPrograms()
{
    const Ended none = m_folder->simulate(QString());
    QCOMPARE(none.code, 2);
    QVERIFY(isOneSentence(none.err) && none.err.contains("interleave programs"));
    const Ended three = m_folder->simulate(QStringLiteral("peterson --threads 3"));
    QCOMPARE(three.code, 2);
    QCOMPARE(three.err, QByteArray("interleave: --threads must be 2 for peterson, not '3'.\n"));
    const Ended four = m_folder->simulate(QStringLiteral("unlocked-counter --threads 4 --argv bx=10 --json"));
    QCOMPARE(four.code, 0);
    QCOMPARE(objectOf(four)[QLatin1String("expected")].toInt(), 40);
}

void SimulateInputTest::interrupt_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("running") << QStringLiteral("loop.s --max-steps 4000000000 --json");
    QTest::newRow("printing") << QStringLiteral("loop.s --max-steps 50000000 --trace");
}

void SimulateInputTest::interrupt()
{
    QFETCH(QString, arguments);
    QVERIFY(m_folder->write("loop.s", forEver));
    const auto process = program(QStringList{QStringLiteral("simulate")} + words(arguments), m_folder->path());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->start();
    QVERIFY(process->waitForStarted());
    // Once there is a second thread, it watches for the signal.
    const Ended ended = interrupted(*process, 2);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 130);
    QVERIFY2(isOneSentence(ended.err) && ended.err.startsWith("interleave: interrupted; "), ended.err.constData());
}

void SimulateInputTest::fullDisk()
{
    QVERIFY(m_folder->write("loop.s", forEver));
    Limits limits;
    limits.fileSize = 100'000;
    const auto process = program(words(QStringLiteral("simulate loop.s --max-steps 1000000 --trace")), m_folder->path(),
                                 limits);
    process->setStandardOutputFile(QDir(m_folder->path()).filePath(QStringLiteral("out.txt")));
    process->start();
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 1);
    const QByteArray sentence = process->readAllStandardError();
    QVERIFY2(sentence.startsWith("interleave: the output cannot be written") && isOneSentence(sentence),
             sentence.constData());
}

void SimulateInputTest::programsUsage_data()
{
    QTest::addColumn<QString>("arguments");
    for (const char* arguments : {"petersen", "peterson --face java", "--face cpp", "peterson test-and-set",
                                  "peterson --json", "--bogus", "test-and-set --face python"})
        QTest::newRow(arguments) << QString::fromLatin1(arguments);
}

void SimulateInputTest::programsUsage()
{
    QFETCH(QString, arguments);
    const Ended ended = m_folder->programs(arguments);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(isOneSentence(ended.err), ended.err.constData());
}

void SimulateInputTest::help()
{
    const Ended ended = m_folder->simulate(QStringLiteral("--help"));
    QCOMPARE(ended.code, 0);
    for (const char* name :
         {"--threads", "--cores", "--scheduler", "--quantum", "--seed", "--switch-cost", "--schedule", "--argv",
          "--max-steps", "--pct-depth", "--counter", "--json", "--trace", "--trace-json"})
        QVERIFY2(ended.out.contains(name), name);
    QVERIFY(m_folder->programs(QStringLiteral("--help")).out.contains("--face"));
    const Ended general = run({QStringLiteral("--help")}, m_folder->path());
    QVERIFY(general.out.contains("interleave simulate") && general.out.contains("interleave programs"));
}

QTEST_GUILESS_MAIN(SimulateInputTest)
#include "simulate_input_test.moc"
