// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace interleave::test;

namespace {

constexpr int exitFailure = 1;
constexpr int exitUsage = 2;

QStringList words(const char* text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

// Whatever is wrong: one sentence that names the flag and what it allows, nothing on stdout, no file.
class BadInputTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void usage_data();
    void usage();
    void filesThatCannotBeWritten_data();
    void filesThatCannotBeWritten();
    void fullDisk_data();
    void fullDisk();
    void directoryWithoutPermission();
    void noFileWhenTheOtherFails_data();
    void noFileWhenTheOtherFails();
    void moreThreadsThanTheSystemAllows_data();
    void moreThreadsThanTheSystemAllows();
    void recordingThatDoesNotFit();
    void plainLocale();

private:
    void verifyOneSentence(const Ended& ended, int code, const QStringList& contains, bool nothingPrinted = true);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void BadInputTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void BadInputTest::verifyOneSentence(const Ended& ended, int code, const QStringList& contains, bool nothingPrinted)
{
    QVERIFY(ended.started);
    QVERIFY2(!ended.crashed, ended.err.constData());
    QVERIFY2(ended.code == code, QByteArray::number(ended.code) + ": " + ended.err);
    if (nothingPrinted)
        QCOMPARE(ended.out, QByteArray());
    QVERIFY2(ended.err.count('\n') == 1 && ended.err.endsWith(".\n"), ended.err.constData());
    QVERIFY2(ended.err.startsWith("interleave: "), ended.err.constData());
    QVERIFY2(!ended.err.contains("Unknown error"), ended.err.constData());
    static const QRegularExpression groups(QStringLiteral("(\\d),(?=\\d{3})"));
    const QString sentence = QString::fromUtf8(ended.err);
    const QString ungrouped = QString(sentence).replace(groups, QStringLiteral("\\1"));
    for (const QString& part : contains)
        QVERIFY2(sentence.contains(part) || ungrouped.contains(part),
                 (ended.err + "does not contain: " + part.toUtf8()).constData());
}

void BadInputTest::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("named"); // the flag and its range

    const char* const ways = "none mutex mutex-coarse spinlock atomic cas sharded";
    const struct {
        const char* flag;
        QList<const char*> values;
        const char* range;
    } refused[] = {
        {"--threads", {"0", "-1", "1001", "many", "1.5", "0x10", "5,0", "99999999999999999999", ""}, "1 1000"},
        {"--iterations",
         {"0", "-200000", "1000000001", "1e6", "4294967296", "4294967297", "18446744073709551617", ""},
         "1 1000000000"},
        {"--trials", {"0", "-5", "1001", "five", "4294967297", ""}, "1 1000"},
        {"--cores", {"0", "-1", "1025", "every", "ALL", "1.0", "4294967297", ""}, "all 1"},
        {"--switches", {"perf", "KERNEL", "kernel,rusage", ""}, "kernel rusage"},
        {"--window", {"-1us", "20", "20m", "1001ms", "2s", "us", "1 h", "1e3ns", "3601s", "0x1ns", ""}, "0 1s"},
        {"--sync", {"semaphore", "None", "none;mutex", "none,semaphore", "", ",", "none,", "none,,mutex"}, ways},
        {"--chart", {"chart.gif", "chart", "chart.png.txt", "png", ""}, ".png .svg .pdf"},
        {"--csv", {""}, ""},
    };
    for (const auto& [flag, values, range] : refused) {
        const QString name = QString::fromLatin1(flag);
        for (const char* value : values)
            QTest::addRow("%s=%s", flag, value)
                << QStringList{QStringLiteral("run"), name + QLatin1Char('=') + QLatin1String(value)}
                << QStringList{name} + words(range);
        QTest::addRow("%s without a value", flag) << QStringList{QStringLiteral("run"), name} << QStringList{name};
    }

    const struct {
        const char* arguments;
        const char* named;
    } others[] = {
        {"run --sync none,mutex,none", "--sync 'none'"},
        {"run --json=yes", "--json"},
        {"run --record=yes", "--record"},
        {"run --thread 5", "--thread --help"},
        {"run --bogus", "--bogus --help"},
        {"run -x", "-x --help"},
        {"run none", "none --help"},
        {"run --threads 4 --iterations 10 extra", "extra --help"},
        {"race", "race run --help"},
        {"--bogus", "--bogus run --help"},
        {"run --record --threads 1000 --iterations 200000", "--threads --iterations 134217727"},
        {"run --record --threads 1000 --iterations 1000000000", "--threads --iterations 134217727"},
    };
    for (const auto& [arguments, named] : others)
        QTest::newRow(arguments) << words(arguments) << words(named);
}

void BadInputTest::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, named);
    if (!arguments.join(QLatin1Char(' ')).contains(QLatin1String("--chart")))
        arguments += {QStringLiteral("--chart"), QStringLiteral("also.png")};
    if (!arguments.join(QLatin1Char(' ')).contains(QLatin1String("--csv")))
        arguments.insert(1, QStringLiteral("--csv=also.csv"));
    // A flag that ends the line must still end it.
    if (QString::fromLatin1(QTest::currentDataTag()).endsWith(QLatin1String("without a value")))
        arguments = {arguments.first(), named.first()};
    verifyOneSentence(run(arguments, m_directory->path()), exitUsage, named);
    QCOMPARE(filesIn(m_directory->path()), QStringList());
}

void BadInputTest::filesThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("file");
    for (const char* suffix : {"csv", "png", "svg", "pdf"}) {
        const QString flag = qstrcmp(suffix, "csv") == 0 ? QStringLiteral("--csv") : QStringLiteral("--chart");
        for (const char* place : {"missing/file", "plain.txt/file", "folder", "pipe"})
            QTest::addRow("%s at %s", suffix, place)
                << flag << QStringLiteral("%1.%2").arg(QString::fromLatin1(place), QString::fromLatin1(suffix));
    }
}

void BadInputTest::filesThatCannotBeWritten()
{
    QFETCH(QString, flag);
    QFETCH(QString, file);
    const QDir directory(m_directory->path());
    if (file.startsWith(QLatin1String("folder")))
        QVERIFY(directory.mkdir(file));
    if (file.startsWith(QLatin1String("pipe"))) // stands for /dev/null, which root could replace by a plain file
        QCOMPARE(::mkfifo(QFile::encodeName(directory.filePath(file)).constData(), 0600), 0);
    QFile plain(directory.filePath(QStringLiteral("plain.txt")));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    plain.close();
    const QStringList before = filesIn(directory.path());

    verifyOneSentence(run({QStringLiteral("run"), QStringLiteral("--threads=2"), QStringLiteral("--iterations=100"),
                           flag, file},
                          directory.path()),
                      exitFailure, {flag, file});
    QCOMPARE(filesIn(directory.path()), before);
    QVERIFY(!QFileInfo(directory.filePath(file)).isFile());
}

void BadInputTest::fullDisk_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("file");
    QTest::newRow("csv") << QStringLiteral("--csv") << QStringLiteral("runs.csv");
    QTest::newRow("png") << QStringLiteral("--chart") << QStringLiteral("chart.png");
    QTest::newRow("svg") << QStringLiteral("--chart") << QStringLiteral("chart.svg");
    QTest::newRow("pdf") << QStringLiteral("--chart") << QStringLiteral("chart.pdf");
}

void BadInputTest::fullDisk()
{
    QFETCH(QString, flag);
    QFETCH(QString, file);
    const QDir directory(m_directory->path());
    const QByteArray older = "what was there before";
    QFile old(directory.filePath(file));
    QVERIFY(old.open(QIODevice::WriteOnly));
    QCOMPARE(old.write(older), older.size());
    old.close();

    Limits limits;
    limits.fileSize = 64;
    verifyOneSentence(run({QStringLiteral("run"), QStringLiteral("--threads=2"), QStringLiteral("--iterations=100"),
                           flag, file},
                          directory.path(), limits),
                      exitFailure, {flag, file}, false); // the figures were measured: they are printed all the same
    QCOMPARE(contentOf(directory.filePath(file)), older);
    QCOMPARE(filesIn(directory.path()), QStringList{file});
}

void BadInputTest::directoryWithoutPermission()
{
    const QDir directory(m_directory->path());
    QVERIFY(directory.mkdir(QStringLiteral("locked")));
    const QString locked = directory.filePath(QStringLiteral("locked"));
    QVERIFY(QFile::setPermissions(locked, QFile::ReadOwner | QFile::ExeOwner));
    if (QFileInfo(locked).isWritable())
        QSKIP("root may write anywhere");
    verifyOneSentence(run({QStringLiteral("run"), QStringLiteral("--threads=2"), QStringLiteral("--iterations=100"),
                           QStringLiteral("--csv=locked/runs.csv")},
                          directory.path()),
                      exitFailure, {QStringLiteral("--csv"), QStringLiteral("locked/runs.csv")});
    QCOMPARE(filesIn(locked), QStringList());
}

void BadInputTest::noFileWhenTheOtherFails_data()
{
    QTest::addColumn<QString>("csv");
    QTest::addColumn<QString>("chart");
    QTest::newRow("chart fails") << QStringLiteral("runs.csv") << QStringLiteral("missing/chart.png");
    QTest::newRow("csv fails") << QStringLiteral("missing/runs.csv") << QStringLiteral("chart.png");
}

void BadInputTest::noFileWhenTheOtherFails()
{
    QFETCH(QString, csv);
    QFETCH(QString, chart);
    verifyOneSentence(run({QStringLiteral("run"), QStringLiteral("--threads=2"), QStringLiteral("--iterations=100"),
                           QStringLiteral("--csv"), csv, QStringLiteral("--chart"), chart},
                          m_directory->path()),
                      exitFailure, {QStringLiteral("missing/")});
    QCOMPARE(filesIn(m_directory->path()), QStringList());
}

void BadInputTest::moreThreadsThanTheSystemAllows_data()
{
    QTest::addColumn<QStringList>("mode");
    QTest::newRow("counted") << QStringList();
    QTest::newRow("recorded") << QStringList{QStringLiteral("--record")};
}

void BadInputTest::moreThreadsThanTheSystemAllows()
{
    QFETCH(QStringList, mode);
    if (!addressSpaceCanBeLimited())
        QSKIP("the sanitizers reserve more address space than any limit leaves");
    Limits limits;
    limits.addressSpace = std::uint64_t{3} << 30; // 1000 stacks of 8 MiB do not fit
    verifyOneSentence(run(QStringList{QStringLiteral("run"), QStringLiteral("--threads=1000"),
                                      QStringLiteral("--iterations=10"), QStringLiteral("--csv=runs.csv")}
                              + mode,
                          m_directory->path(), limits),
                      exitFailure, {QStringLiteral("--threads"), QStringLiteral("1000")});
    QCOMPARE(filesIn(m_directory->path()), QStringList());
}

void BadInputTest::recordingThatDoesNotFit()
{
    if (!addressSpaceCanBeLimited())
        QSKIP("the sanitizers reserve more address space than any limit leaves");
    Limits limits;
    limits.addressSpace = std::uint64_t{1} << 30;
    verifyOneSentence(run({QStringLiteral("run"), QStringLiteral("--record"), QStringLiteral("--threads=4"),
                           QStringLiteral("--iterations=30000000"), QStringLiteral("--csv=runs.csv")},
                          m_directory->path(), limits),
                      exitFailure, {QStringLiteral("--threads"), QStringLiteral("--iterations")});
    QCOMPARE(filesIn(m_directory->path()), QStringList());
}

// Over ssh without a locale: Qt must not add a sentence of its own.
void BadInputTest::plainLocale()
{
    const auto process = program({QStringLiteral("run"), QStringLiteral("--threads=2"),
                                  QStringLiteral("--iterations=100"), QStringLiteral("--chart=missing/chart.png")},
                                 m_directory->path());
    QProcessEnvironment environment = process->processEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process->setProcessEnvironment(environment);
    process->start();
    QVERIFY(process->waitForFinished(60'000));
    Ended ended;
    ended.started = true;
    ended.crashed = process->exitStatus() != QProcess::NormalExit;
    ended.code = process->exitCode();
    ended.out = process->readAllStandardOutput();
    ended.err = process->readAllStandardError();
    verifyOneSentence(ended, exitFailure, {QStringLiteral("--chart"), QStringLiteral("missing/chart.png")});
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
