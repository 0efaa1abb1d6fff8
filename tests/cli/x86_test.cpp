// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace interleave::test;

namespace {

const char* const counterLoop = ".var count\n.main\n.top\n  mov count, %ax\n  add $1, %ax\n  mov %ax, count\n"
                                "  sub $1, %bx\n  test $0, %bx\n  jgt .top\n  halt\n";

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

// All but the figure of the rate, which is another one each time.
QByteArray withoutRate(const QByteArray& out, int* rates)
{
    static const QRegularExpression rate(QStringLiteral("^STATS:: Emulation Rate  \\d+\\.\\d\\d kinst/sec$"),
                                         QRegularExpression::MultilineOption);
    QString text = QString::fromUtf8(out);
    *rates = static_cast<int>(text.count(rate));
    return text.replace(rate, QStringLiteral("STATS:: Emulation Rate  RATE kinst/sec")).toUtf8();
}

} // namespace

// `interleave x86` beside the classroom simulator: the same bytes, and where that crashes, one sentence.
class X86Test : public QObject {
    Q_OBJECT

private slots:
    void init();
    void sameBytes_data();
    void sameBytes();
    void flagsInEveryForm_data();
    void flagsInEveryForm();
    void loadAddressAndMemory();
    void seedsOfAnyLength();
    void verboseLoading();
    void fileNames();
    void dumps();
    void numbersOfAnyLength();
    void refusals_data();
    void refusals();
    void faults_data();
    void faults();
    void usage_data();
    void usage();
    void unreadablePrograms();
    void longProgram();
    void interrupt();
    void fullDisk();
    void help();

private:
    Ended x86(const QByteArray& source, const QStringList& arguments);
    QByteArray trace(const QByteArray& source, const QStringList& arguments); // behind the ARG lines

    std::unique_ptr<QTemporaryDir> m_directory;
};

void X86Test::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

Ended X86Test::x86(const QByteArray& source, const QStringList& arguments)
{
    QFile file(QDir(m_directory->path()).filePath(QStringLiteral("p.s")));
    if (!file.open(QIODevice::WriteOnly) || file.write(source) != source.size())
        return {};
    file.close();
    return run(QStringList{QStringLiteral("x86"), QStringLiteral("-p"), QStringLiteral("p.s")} + arguments,
               m_directory->path());
}

QByteArray X86Test::trace(const QByteArray& source, const QStringList& arguments)
{
    const Ended ended = x86(source, arguments);
    if (ended.code != 0 || !ended.err.isEmpty())
        return "failed: " + ended.err + ended.out;
    return ended.out.mid(ended.out.indexOf("\n\n") + 2);
}

void X86Test::sameBytes_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("expected");
    const QJsonArray cases = QJsonDocument::fromJson(contentOf(QStringLiteral(INTERLEAVE_TEST_DATA "/x86-cases.json")))
                                 .array();
    QCOMPARE(cases.size(), 24);
    int row = 0;
    for (const auto& value : cases) {
        const QJsonObject object = value.toObject();
        const QStringList arguments = object[QLatin1String("args")].toVariant().toStringList();
        QTest::addRow("%d: %s", row++, qPrintable(arguments.join(QLatin1Char(' '))))
            << object[QLatin1String("program")].toString().toUtf8() << arguments
            << object[QLatin1String("stdout")].toString().toUtf8();
    }
}

void X86Test::sameBytes()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, expected);
    const Ended ended = x86(program, arguments);
    QVERIFY(ended.started && !ended.crashed);
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.err, QByteArray());
    const int ratesExpected = arguments.contains(QLatin1String("-S")) ? 1 : 0;
    int rates = 0;
    const QByteArray out = withoutRate(ended.out, &rates);
    QCOMPARE(rates, ratesExpected);
    QCOMPARE(out, withoutRate(expected, &rates));
    QCOMPARE(rates, ratesExpected);
}

void X86Test::flagsInEveryForm_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("long") << QStringLiteral(
        "--seed 3 --threads 2 --interrupt 5 --randints --argv bx=2 --memtrace count "
        "--regtrace ax --cctrace --headercount 4 --compute");
    QTest::newRow("long with =") << QStringLiteral(
        "--seed=3 --threads=2 --interrupt=5 --randints --argv=bx=2 "
        "--memtrace=count --regtrace=ax --cctrace --headercount=4 --compute");
    QTest::newRow("beginnings") << QStringLiteral("--see 3 --thr=2 --int 5 --ra --ar bx=2 --memt=count --reg ax --cc "
                                                  "--head 4 --com");
    QTest::newRow("joined") << QStringLiteral("-s3 -t2 -i5 -rCcH4 -abx=2 -Mcount -Rax");
    QTest::newRow("the last one counts") << QStringLiteral(
        "-s 9 -s 3 -t 4 -t 2 -i 5 -r -a bx=2 -M count -R ax -C -H 4 -c");
    QTest::newRow("a seed has no sign") << QStringLiteral("-s -3 -i 5 -r -a bx=2 -M count -R ax -C -H 4 -c");
    QTest::newRow("other bases") << QStringLiteral("-s 0x3 -t 0b10 -i 05 -r -a bx=2 -M count -R ax -C -H 4 -c");
}

void X86Test::flagsInEveryForm()
{
    QFETCH(QString, arguments);
    const QByteArray expected = trace(counterLoop, words("-s 3 -t 2 -i 5 -r -a bx=2 -M count -R ax -C -H 4 -c"));
    QVERIFY(expected.contains("Halt;Switch"));
    QCOMPARE(trace(counterLoop, arguments.split(QLatin1Char(' '))), expected);
}

void X86Test::loadAddressAndMemory()
{
    QCOMPARE(trace("  push %sp\n  halt\n", words("-t 1 -L 64 -m 2 -R sp -M 1996 -c")),
             QByteArray("\n 1996      sp          Thread 0         \n\n"
                        "    0    2000   \n"
                        " 2000    1996   64 push %sp\n"
                        " 2000    1996   65 halt\n"));
    const Ended ended = x86("  nop\n  halt\n", words("-L 2047 -m 2"));
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.contains("ABORT:: line 2, column 3: "));
}

void X86Test::seedsOfAnyLength()
{
    const char* const program = "  nop\n  nop\n  nop\n  nop\n  nop\n  nop\n  nop\n  halt\n";
    const QByteArray of5 = trace(program, words("-r -i 5 -s 5"));
    QCOMPARE(trace(program, words("-r -i 5 -s -5")), of5);
    const QByteArray large = trace(program, words("-r -i 5 -s 18446744073709551621")); // 2^64 + 5
    QVERIFY(!large.startsWith("failed"));
    QVERIFY(large != of5);
    QVERIFY(x86(program, words("-s 340282366920938463463374607431768211461"))
                .out.startsWith("ARG seed 340282366920938463463374607431768211461\n"));
}

void X86Test::verboseLoading()
{
    const char* const program = ".var x 2\n.main\n  nop   # nothing\n  halt\n";
    const QByteArray quiet = trace(program, words("-t 1"));
    QCOMPARE(trace(program, words("-t 1 -v")),
             "LOAD 100 .var x 2\nLOAD 1000 .main\nLOAD 1000 nop\nLOAD 1001 halt\n" + quiet);
}

// In a locale without them, too.
void X86Test::fileNames()
{
    const QString name = QStringLiteral("z\u00e4hler %1 %2.s");
    QFile file(QDir(m_directory->path()).filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("  halt\n");
    file.close();
    for (const char* locale : {"C.UTF-8", "C"}) {
        const auto process = program({QStringLiteral("x86"), QStringLiteral("-p"), name}, m_directory->path());
        QProcessEnvironment environment = process->processEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QString::fromLatin1(locale));
        process->setProcessEnvironment(environment);
        process->start();
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->readAllStandardError(), QByteArray());
        QCOMPARE(process->exitCode(), 0);
        QVERIFY(process->readAllStandardOutput().contains("\nARG program " + name.toUtf8() + '\n'));
    }
}

void X86Test::dumps()
{
    const QByteArray out = trace(".var x\n  mov $7, x\n  mdump x\n  rdump\n  halt\n", words("-t 1 -a ax=-3 -M x -c"));
    QVERIFY2(out.contains("\nm[100] 7     7   1001 mdump x\nREGISTERS:: ax: -3 "), out.constData());
    QCOMPARE(out.count("1002 rdump\n"), 1);
}

void X86Test::numbersOfAnyLength()
{
    const QByteArray out = trace("  mov $9223372036854775807, %ax\n  add $1, %ax\n  mul %ax, %ax\n  halt\n",
                                 words("-t 1 -R ax -c"));
    QVERIFY2(out.contains(
                 "\n9223372036854775808   1001 add $1, %ax\n85070591730234615865843651857942052864   1002 mul"),
             out.constData());
}

void X86Test::refusals_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("why");
    const QByteArray fine = "  halt\n";
    QTest::newRow("opcode") << QByteArray("  nop\n  jmp 5\n") << QString()
                            << QByteArray("line 2, column 3: there is no opcode 'jmp'");
    QTest::newRow("extension") << QByteArray(".var x\n  lock x\n") << QString()
                               << QByteArray("line 2, column 3: the opcode 'lock'");
    QTest::newRow("two #") << QByteArray("# one # two\n") << QString() << QByteArray("line 1, column 7: ");
    QTest::newRow("label") << QByteArray("  j .x\n") << QString()
                           << QByteArray("line 1, column 5: there is no label '.x'");
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\x02\x01\x01\0\0\0\0\xff\xfe",
                                          13)
                            << QString() << QByteArray("line 1, column ");
    QTest::newRow("thread not in the schedule") << fine << QStringLiteral("-t 3 -P 0011") << QByteArray("-P ");
    QTest::newRow("thread that is not there") << fine << QStringLiteral("-t 2 -P 0012") << QByteArray("-P ");
    QTest::newRow("no digit in the schedule") << fine << QStringLiteral("-P 01a") << QByteArray("-P ");
    QTest::newRow("sets of registers") << fine << QStringLiteral("-t 3 -a ax=1,ax=2") << QByteArray("-a ");
    QTest::newRow("register to set") << fine << QStringLiteral("-a gx=1") << QByteArray("-a ");
    QTest::newRow("value to set") << fine << QStringLiteral("-a ax=one") << QByteArray("-a ");
    QTest::newRow("nothing to set") << fine << QStringLiteral("-a ax") << QByteArray("-a ");
    QTest::newRow("register to trace") << fine << QStringLiteral("-R ax,gx") << QByteArray("-R ");
    QTest::newRow("cell to trace") << fine << QStringLiteral("-M count") << QByteArray("-M ");
    QTest::newRow("no threads") << fine << QStringLiteral("-t 0") << QByteArray("-t ");
    QTest::newRow("too many threads") << fine << QStringLiteral("-t 9000000000000000000") << QByteArray("-t ");
    QTest::newRow("no memory") << fine << QStringLiteral("-m 0") << QByteArray("-m ");
    QTest::newRow("too much memory") << fine << QStringLiteral("-m 9000000000000000000") << QByteArray("-m ");
    QTest::newRow("load address") << fine << QStringLiteral("-L -1") << QByteArray("-L ");
    QTest::newRow("load address beyond memory")
        << fine << QStringLiteral("-L 9223372036854775807") << QByteArray("line 1, ");
}

void X86Test::refusals()
{
    QFETCH(QByteArray, program);
    QFETCH(QString, arguments);
    QFETCH(QByteArray, why);
    const Ended ended = x86(program, arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.err, QByteArray());
    const QByteArray last = ended.out.trimmed().split('\n').last();
    QVERIFY2(last.startsWith("ABORT:: " + why), last.constData());
    QCOMPARE(ended.out.count("ABORT::"), 1);
}

void X86Test::faults_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("read out of range") << QByteArray("  nop\n  mov 999999, %ax\n  halt\n") << QString()
                                       << QByteArray("line 2: the address 999999 is out of range");
    QTest::newRow("write below 0") << QByteArray("  mov $1, -4\n  halt\n") << QString()
                                   << QByteArray("the address -4 is out of range");
    QTest::newRow("code") << QByteArray("  mov 1000, %ax\n  halt\n") << QString()
                          << QByteArray("the address 1000 holds code");
    QTest::newRow("no halt") << QByteArray("  nop\n") << QString() << QByteArray("1001, where there is no instruction");
    QTest::newRow("nothing at all") << QByteArray() << QString() << QByteArray("1000, where there is no instruction");
    QTest::newRow("ret to nowhere") << QByteArray("  push %ax\n  ret\n") << QString()
                                    << QByteArray("0, where there is no instruction");
    QTest::newRow("number") << QByteArray("  mov $3, %ax\n.top\n  mul %ax, %ax\n  j .top\n") << QString()
                            << QByteArray("too many digits");
    QTest::newRow("traced out of range") << QByteArray("  halt\n") << QStringLiteral("-M 131072 -c")
                                         << QByteArray("131072 is out of range");
    QTest::newRow("traced code") << QByteArray("  halt\n") << QStringLiteral("-M 1000 -c")
                                 << QByteArray("1000 holds code");
}

void X86Test::faults()
{
    QFETCH(QByteArray, program);
    QFETCH(QString, arguments);
    QFETCH(QByteArray, named);
    const Ended ended = x86(program, arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.out.startsWith("ARG seed 0\n"));
    QVERIFY2(ended.err.startsWith("interleave: ") && ended.err.endsWith(".\n") && ended.err.count('\n') == 1,
             ended.err.constData());
    QVERIFY2(ended.err.contains(named), ended.err.constData());
}

void X86Test::usage_data()
{
    QTest::addColumn<QByteArray>("named");
    for (const char* arguments : {"-i", "-i many", "-t 1.5", "-i 99999999999999999999", "-x", "--bogus", "--me 5",
                                  "--compute=yes", "extra", "-s 0x", "-s 09"})
        QTest::newRow(arguments) << QByteArray(arguments).split(' ').first().split('=').first();
}

void X86Test::usage()
{
    QFETCH(QByteArray, named);
    const Ended ended = x86("  halt\n", words(QTest::currentDataTag()));
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(ended.err.startsWith("interleave: ") && ended.err.count('\n') == 1, ended.err.constData());
    QVERIFY2(ended.err.contains(named), ended.err.constData());
}

void X86Test::unreadablePrograms()
{
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("folder")));
    for (const char* name : {"missing.s", "folder", "folder/p.s", "/dev/zero"}) {
        const Ended ended = run({QStringLiteral("x86"), QStringLiteral("-p"), QString::fromLatin1(name)},
                                m_directory->path());
        QVERIFY(!ended.crashed);
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains(name) && ended.err.count('\n') == 1, ended.err.constData());
    }
    const Ended none = run({QStringLiteral("x86")}, m_directory->path());
    QCOMPARE(none.code, 1);
    QVERIFY(none.out.contains("ABORT:: -p "));
}

void X86Test::longProgram()
{
    QByteArray program;
    for (int i = 0; i < 10'000; ++i)
        program += "  add $1, %ax   # and again\n";
    const QByteArray out = trace(program + "  halt\n", words("-t 2 -R ax -c"));
    QCOMPARE(out.count("add $1, %ax\n"), 20'000);
    QVERIFY(out.endsWith("\n10000                            11000 halt\n"));
}

void X86Test::interrupt()
{
    QFile file(QDir(m_directory->path()).filePath(QStringLiteral("loop.s")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(".top\n  j .top\n");
    file.close();
    const auto process = program(words("x86 -p loop.s"), m_directory->path());
    process->setStandardOutputFile(QProcess::nullDevice());
    process->start();
    QVERIFY(process->waitForStarted());
    // Once there is a second thread, it watches for the signal.
    const Ended ended = interrupted(*process, 2);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 130);
    QVERIFY2(ended.err.startsWith("interleave: interrupted after ") && ended.err.count('\n') == 1, ended.err.constData());
}

// An endless loop that nobody can read ends by itself.
void X86Test::fullDisk()
{
    QFile file(QDir(m_directory->path()).filePath(QStringLiteral("loop.s")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(".top\n  j .top\n");
    file.close();
    Limits limits;
    limits.fileSize = 100'000;
    const auto process = program(words("x86 -p loop.s"), m_directory->path(), limits);
    process->setStandardOutputFile(QDir(m_directory->path()).filePath(QStringLiteral("out.txt")));
    process->start();
    QVERIFY(process->waitForFinished(60'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 1);
    const QByteArray sentence = process->readAllStandardError();
    QVERIFY2(sentence.startsWith("interleave: the output cannot be written") && sentence.count('\n') == 1,
             sentence.constData());
}

void X86Test::help()
{
    for (const char* flag : {"-h", "--help"}) {
        const Ended ended = run({QStringLiteral("x86"), QString::fromLatin1(flag)}, m_directory->path());
        QCOMPARE(ended.code, 0);
        for (const char* name : {"--seed", "--threads", "--program", "--interrupt", "--procsched", "--randints",
                                 "--argv", "--loadaddr", "--memsize", "--memtrace", "--regtrace", "--cctrace",
                                 "--printstats", "--verbose", "--headercount", "--compute"})
            QVERIFY2(ended.out.contains(name), name);
    }
}

QTEST_GUILESS_MAIN(X86Test)
#include "x86_test.moc"
