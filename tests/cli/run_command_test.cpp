// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

using namespace interleave::test;

namespace {

const QStringList countedFields{QStringLiteral("threads"),
                                QStringLiteral("iterations"),
                                QStringLiteral("sync"),
                                QStringLiteral("cores"),
                                QStringLiteral("window_ns"),
                                QStringLiteral("trial"),
                                QStringLiteral("expected"),
                                QStringLiteral("final"),
                                QStringLiteral("lost"),
                                QStringLiteral("elapsed_ns"),
                                QStringLiteral("ns_per_update"),
                                QStringLiteral("voluntary_switches"),
                                QStringLiteral("involuntary_switches")};
const QStringList switchFields{QStringLiteral("switch_source"), QStringLiteral("switch_source_reason"),
                               QStringLiteral("switches_captured"), QStringLiteral("switches_overflowed")};
const QStringList recordedFields{QStringLiteral("steps"),
                                 QStringLiteral("updates"),
                                 QStringLiteral("surviving"),
                                 QStringLiteral("lost"),
                                 QStringLiteral("clobbering_stores"),
                                 QStringLiteral("streaks"),
                                 QStringLiteral("bytes"),
                                 QStringLiteral("order_proven")};

QStringList runWith(const QString& flags)
{
    return QStringList{QStringLiteral("run")} + flags.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

qint64 whole(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toInteger(-1);
}

bool isWhole(const QJsonValue& value)
{
    return value.isDouble() && value.toDouble() == std::floor(value.toDouble()) && value.toDouble() >= 0;
}

QSet<QString> keys(const QJsonObject& object)
{
    const QStringList names = object.keys();
    return QSet<QString>(names.begin(), names.end());
}

QSet<QString> asSet(const QStringList& names)
{
    return QSet<QString>(names.begin(), names.end());
}

} // namespace

// What a run prints and writes, by the real program.
class RunCommandTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void table();
    void recordedTable();
    void json_data();
    void json();
    void switchSources_data();
    void switchSources();
    void waysTimesTrials();
    void defaults();
    void csv_data();
    void csv();
    void csvReplacesAnOlderFile();
    void pngChart();
    void svgChart();
    void pdfChart();
    void allAtOnce();
    void help_data();
    void help();

private:
    Ended succeed(const QStringList& arguments);
    QList<QJsonObject> runsOf(const QByteArray& text);

    std::unique_ptr<QTemporaryDir> m_directory;
};

void RunCommandTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

Ended RunCommandTest::succeed(const QStringList& arguments)
{
    const Ended ended = run(arguments, m_directory->path());
    const bool good = ended.started && !ended.crashed && ended.code == 0 && ended.err.isEmpty();
    if (!good)
        qWarning().noquote() << arguments.join(QLatin1Char(' ')) << "\nexit" << ended.code << ended.err;
    return good ? ended : Ended();
}

QList<QJsonObject> RunCommandTest::runsOf(const QByteArray& text)
{
    const QJsonObject all = QJsonDocument::fromJson(text).object();
    QList<QJsonObject> runs;
    if (all.keys() == QStringList{QStringLiteral("runs")})
        for (const QJsonValueRef run : all.value(QLatin1String("runs")).toArray())
            runs.append(run.toObject());
    return runs;
}

void RunCommandTest::table()
{
    const Ended ended = succeed(
        runWith(QStringLiteral("--threads 4 --iterations 1000 --sync atomic,mutex --trials 2")));
    QVERIFY(ended.started);
    const QStringList lines = QString::fromUtf8(ended.out).split(QLatin1Char('\n'));
    const qsizetype head = lines.indexOf(
        QRegularExpression(QStringLiteral("^sync\\s+trial\\s+expected\\s+final\\s+lost\\b.*")));
    QVERIFY2(head >= 0, ended.out.constData());
    QStringList rows;
    for (qsizetype i = head + 1; i < lines.size() && !lines[i].isEmpty(); ++i) {
        QVERIFY2(lines[i].size() == lines[head].size(), "a row is not as wide as the header");
        rows << lines[i].simplified().section(QLatin1Char(' '), 0, 4);
    }
    rows.sort();
    QCOMPARE(rows, (QStringList{QStringLiteral("atomic 1 4,000 4,000 0"), QStringLiteral("atomic 2 4,000 4,000 0"),
                                QStringLiteral("mutex 1 4,000 4,000 0"), QStringLiteral("mutex 2 4,000 4,000 0")}));
}

void RunCommandTest::recordedTable()
{
    const Ended ended = succeed(
        runWith(QStringLiteral("--threads 3 --iterations 500 --sync none --trials 1 --record")));
    QVERIFY(ended.started);
    QVERIFY2(ended.out.contains("proven"), ended.out.constData());
    QVERIFY2(ended.out.contains("1,500"), ended.out.constData());
}

void RunCommandTest::json_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<qint64>("threads");
    QTest::addColumn<qint64>("iterations");
    QTest::addColumn<QString>("sync");
    QTest::addColumn<qint64>("cores"); // 0: all there are
    QTest::addColumn<qint64>("window");
    QTest::addColumn<bool>("recorded");

    for (const char* way : {"none", "mutex", "mutex-coarse", "spinlock", "atomic", "cas", "sharded"})
        for (const bool recorded : {false, true})
            QTest::addRow("%s %s", way, recorded ? "recorded" : "counted")
                << QStringLiteral("--threads 5 --iterations 400 --trials 1 --sync ") + QLatin1String(way)
                       + (recorded ? QStringLiteral(" --record") : QString())
                << qint64{5} << qint64{400} << QString::fromLatin1(way) << qint64{0} << qint64{0} << recorded;
    const struct {
        const char* text;
        qint64 nanoseconds;
    } windows[] = {{"0", 0},           {"500ns", 500},  {"20us", 20'000},
                   {"1ms", 1'000'000}, {"1.5us", 1500}, {"0.01s", 10'000'000}};
    for (const auto& window : windows)
        QTest::addRow("window %s", window.text)
            << QStringLiteral("--threads 3 --iterations 4 --trials 1 --record --window ") + QLatin1String(window.text)
            << qint64{3} << qint64{4} << QStringLiteral("none") << qint64{0} << window.nanoseconds << true;
    QTest::newRow("all cores") << QStringLiteral("--threads 2 --iterations 50 --trials 1 --cores all") << qint64{2}
                               << qint64{50} << QStringLiteral("none") << qint64{0} << qint64{0} << false;
    QTest::newRow("one core") << QStringLiteral("--threads 2 --iterations 50 --trials 1 --cores 1") << qint64{2}
                              << qint64{50} << QStringLiteral("none") << qint64{1} << qint64{0} << false;
    QTest::newRow("least") << QStringLiteral("--threads=1 --iterations=1 --trials=1 --record") << qint64{1} << qint64{1}
                           << QStringLiteral("none") << qint64{0} << qint64{0} << true;
    QTest::newRow("many threads") << QStringLiteral("--threads=200 --iterations=10 --trials=1 --record") << qint64{200}
                                  << qint64{10} << QStringLiteral("none") << qint64{0} << qint64{0} << true;
}

void RunCommandTest::json()
{
    QFETCH(QString, flags);
    QFETCH(qint64, threads);
    QFETCH(qint64, iterations);
    QFETCH(QString, sync);
    QFETCH(qint64, cores);
    QFETCH(qint64, window);
    QFETCH(bool, recorded);
    const Ended ended = succeed(runWith(flags + QStringLiteral(" --json")));
    QVERIFY(ended.started);
    const QList<QJsonObject> runs = runsOf(ended.out);
    QCOMPARE(runs.size(), 1);
    const QJsonObject& one = runs.first();

    QCOMPARE(keys(one), asSet(countedFields + switchFields + QStringList{QStringLiteral("recorded")}));
    for (const QString& field : countedFields) {
        const QJsonValue value = one.value(field);
        if (field == QLatin1String("sync"))
            QVERIFY(value.isString());
        else if (field == QLatin1String("ns_per_update"))
            QVERIFY(value.isDouble());
        else
            QVERIFY2(isWhole(value), qPrintable(field));
    }
    QCOMPARE(whole(one, "threads"), threads);
    QCOMPARE(whole(one, "iterations"), iterations);
    QCOMPARE(one.value(QLatin1String("sync")).toString(), sync);
    QCOMPARE(whole(one, "window_ns"), window);
    QCOMPARE(whole(one, "trial"), 1);
    QVERIFY(cores == 0 ? whole(one, "cores") >= 1 : whole(one, "cores") == cores);

    const qint64 expected = threads * iterations;
    QCOMPARE(whole(one, "expected"), expected);
    QCOMPARE(whole(one, "final") + whole(one, "lost"), expected);
    if (sync != QLatin1String("none"))
        QCOMPARE(whole(one, "lost"), 0);
    const double elapsed = static_cast<double>(whole(one, "elapsed_ns"));
    QVERIFY(elapsed > 0);
    // elapsed_ns is rounded to a whole nanosecond, of which each update has its share.
    QVERIFY(std::abs(one.value(QLatin1String("ns_per_update")).toDouble() - elapsed / static_cast<double>(expected))
            <= 1.0 / static_cast<double>(expected));
    if (window >= 1'000'000)
        QVERIFY(whole(one, "voluntary_switches") > 0); // it sleeps

    if (!recorded) {
        QVERIFY(one.value(QLatin1String("recorded")).isNull());
        return;
    }
    QVERIFY(one.value(QLatin1String("recorded")).isObject());
    const QJsonObject record = one.value(QLatin1String("recorded")).toObject();
    QCOMPARE(keys(record), asSet(recordedFields));
    for (const QString& field : recordedFields) {
        const QJsonValue value = record.value(field);
        QVERIFY2(field == QLatin1String("order_proven") ? value.isBool() : isWhole(value), qPrintable(field));
    }
    QCOMPARE(record.value(QLatin1String("order_proven")).toBool(), true);
    QCOMPARE(whole(record, "updates"), expected);
    QCOMPARE(whole(record, "surviving") + whole(record, "lost"), expected);
    QCOMPARE(whole(record, "surviving"), whole(one, "final"));
    QCOMPARE(whole(record, "lost"), whole(one, "lost"));
    QVERIFY(whole(record, "steps") >= 3 * expected); // load, add, store
    QVERIFY(whole(record, "streaks") >= 1 && whole(record, "streaks") <= expected);
    QVERIFY(whole(record, "bytes") > 0);
    if (whole(record, "lost") > 0)
        QVERIFY(whole(record, "clobbering_stores") > 0);
}

void RunCommandTest::switchSources_data()
{
    QTest::addColumn<QString>("asked");
    QTest::newRow("by default") << QString();
    QTest::newRow("kernel") << QStringLiteral(" --switches kernel");
    QTest::newRow("rusage") << QStringLiteral(" --switches rusage");
}

void RunCommandTest::switchSources()
{
    QFETCH(QString, asked);
    const QString flags = QStringLiteral("--threads 3 --iterations 8 --window 1ms --trials 1") + asked;
    const Ended ended = succeed(runWith(flags + QStringLiteral(" --json")));
    QVERIFY(ended.started);
    const QList<QJsonObject> runs = runsOf(ended.out);
    QCOMPARE(runs.size(), 1);
    const QJsonObject& one = runs.first();
    const QString source = one.value(QLatin1String("switch_source")).toString();
    const bool fromKernel = source == QLatin1String("kernel");
    const Ended table = succeed(runWith(flags));
    QVERIFY(table.started);
    if (asked.endsWith(QLatin1String("rusage")))
        QCOMPARE(source, QStringLiteral("rusage"));
    QVERIFY(whole(one, "voluntary_switches") >= 12); // either way; it sleeps 24 times
    if (fromKernel) {
        QVERIFY(one.value(QLatin1String("switch_source_reason")).isNull());
        QCOMPARE(whole(one, "switches_overflowed"), 0);
        const qint64 totals = whole(one, "voluntary_switches") + whole(one, "involuntary_switches");
        QVERIFY(whole(one, "switches_captured") <= totals);
        QVERIFY(whole(one, "switches_captured") >= totals - 2 * 3); // two moments in each thread
        QVERIFY2(table.out.contains("the kernel told of each"), table.out.constData());
        return;
    }
    QCOMPARE(source, QStringLiteral("rusage"));
    QVERIFY(!one.value(QLatin1String("switch_source_reason")).toString().isEmpty());
    QVERIFY(one.value(QLatin1String("switches_captured")).isNull());
    QVERIFY(one.value(QLatin1String("switches_overflowed")).isNull());
    QVERIFY2(table.out.contains("getrusage only"), table.out.constData());
    if (!asked.endsWith(QLatin1String("rusage")))
        QSKIP(qPrintable(QStringLiteral("not captured here: ")
                         + one.value(QLatin1String("switch_source_reason")).toString()));
}

void RunCommandTest::waysTimesTrials()
{
    const Ended ended = succeed(
        runWith(QStringLiteral("--threads 2 --iterations 100 --sync cas,none,sharded --trials 3 --json")));
    QVERIFY(ended.started);
    QStringList seen;
    const QList<QJsonObject> runs = runsOf(ended.out);
    for (const QJsonObject& one : runs)
        seen << QStringLiteral("%1 %2").arg(one.value(QLatin1String("sync")).toString()).arg(whole(one, "trial"));
    seen.sort();
    QCOMPARE(seen,
             (QStringList{QStringLiteral("cas 1"), QStringLiteral("cas 2"), QStringLiteral("cas 3"),
                          QStringLiteral("none 1"), QStringLiteral("none 2"), QStringLiteral("none 3"),
                          QStringLiteral("sharded 1"), QStringLiteral("sharded 2"), QStringLiteral("sharded 3")}));
}

void RunCommandTest::defaults()
{
    const Ended ended = succeed(runWith(QStringLiteral("--json")));
    QVERIFY(ended.started);
    const QList<QJsonObject> runs = runsOf(ended.out);
    QCOMPARE(runs.size(), 5);
    for (const QJsonObject& one : runs) {
        QCOMPARE(whole(one, "threads"), 50);
        QCOMPARE(whole(one, "iterations"), 200'000);
        QCOMPARE(one.value(QLatin1String("sync")).toString(), QStringLiteral("none"));
        QCOMPARE(whole(one, "window_ns"), 0);
        QCOMPARE(whole(one, "expected"), 10'000'000);
        QVERIFY(one.value(QLatin1String("recorded")).isNull());
    }
}

void RunCommandTest::csv_data()
{
    QTest::addColumn<QString>("flags");
    QTest::newRow("counted") << QStringLiteral("--threads 4 --iterations 500 --sync none,spinlock --trials 2");
    QTest::newRow("recorded") << QStringLiteral("--threads 4 --iterations 500 --sync none,mutex --trials 2 --record");
}

void RunCommandTest::csv()
{
    QFETCH(QString, flags);
    const Ended ended = succeed(runWith(flags + QStringLiteral(" --json --csv runs.csv")));
    QVERIFY(ended.started);
    QCOMPARE(filesIn(m_directory->path()), QStringList{QStringLiteral("runs.csv")});
    const QString text = QString::fromUtf8(contentOf(m_directory->filePath(QStringLiteral("runs.csv"))));
    QStringList lines = text.split(QStringLiteral("\r\n"));
    QCOMPARE(lines.takeLast(), QString());
    const QStringList header = lines.takeFirst().split(QLatin1Char(','));
    QStringList names = countedFields;
    for (const QString& field : recordedFields)
        names << QStringLiteral("recorded_") + field;
    QCOMPARE(header, names);

    const QList<QJsonObject> runs = runsOf(ended.out);
    QCOMPARE(lines.size(), runs.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QStringList cells = lines[i].split(QLatin1Char(','));
        QCOMPARE(cells.size(), header.size());
        for (qsizetype c = 0; c < cells.size(); ++c) {
            const bool ofRecord = header[c].startsWith(QLatin1String("recorded_"));
            const QJsonValue value = ofRecord
                                       ? runs[i].value(QLatin1String("recorded")).toObject().value(header[c].mid(9))
                                       : runs[i].value(header[c]);
            if (value.isUndefined())
                QCOMPARE(cells[c], QString());
            else if (value.isString())
                QCOMPARE(cells[c], value.toString());
            else if (value.isBool())
                QCOMPARE(cells[c], value.toBool() ? QStringLiteral("true") : QStringLiteral("false"));
            else if (header[c] == QLatin1String("elapsed_ns")) // JSON has it rounded
                QVERIFY(std::abs(cells[c].toDouble() - value.toDouble()) <= 0.5);
            else
                QCOMPARE(cells[c].toDouble(), value.toDouble());
        }
    }
}

void RunCommandTest::csvReplacesAnOlderFile()
{
    const QString name = m_directory->filePath(QStringLiteral("runs.csv"));
    QFile old(name);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write(QByteArray(100'000, 'x'));
    old.close();
    QVERIFY(succeed(runWith(QStringLiteral("--threads 2 --iterations 10 --trials 1 --csv runs.csv"))).started);
    QVERIFY(contentOf(name).startsWith("threads,"));
    QVERIFY(!contentOf(name).contains("xx"));
}

void RunCommandTest::pngChart()
{
    QVERIFY(succeed(runWith(QStringLiteral("--threads 8 --iterations 2000 --sync none,mutex-coarse --trials 3 "
                                           "--chart chart.png")))
                .started);
    const QImage image(m_directory->filePath(QStringLiteral("chart.png")));
    QVERIFY(!image.isNull());
    QVERIFY(image.width() >= 600 && image.height() >= 300);
    QSet<QRgb> colours;
    qint64 ground = 0;
    const QRgb corner = image.pixel(0, 0);
    QVERIFY2(qAlpha(corner) == 255, "the chart has no ground of its own");
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            colours.insert(pixel);
            ground += pixel == corner ? 1 : 0;
        }
    }
    QVERIFY2(colours.size() >= 16, "hardly a chart: too few colours");
    const qint64 drawn = qint64{image.width()} * image.height() - ground;
    QVERIFY2(drawn * 100 >= qint64{image.width()} * image.height(), "less than one pixel in a hundred is drawn");
}

void RunCommandTest::svgChart()
{
    QVERIFY(succeed(runWith(QStringLiteral("--threads 8 --iterations 2000 --sync none,mutex-coarse --trials 3 "
                                           "--chart chart.svg")))
                .started);
    QXmlStreamReader xml(contentOf(m_directory->filePath(QStringLiteral("chart.svg"))));
    QString text;
    qsizetype shapes = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isCharacters())
            text += xml.text().toString() + QLatin1Char('\n');
        if (xml.isStartElement()
            && QStringList{QStringLiteral("path"), QStringLiteral("rect"), QStringLiteral("polyline"),
                           QStringLiteral("circle"), QStringLiteral("polygon")}
                   .contains(xml.name()))
            ++shapes;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(shapes >= 10);
    QVERIFY2(text.contains(QLatin1String("none")) && text.contains(QLatin1String("mutex-coarse")), qPrintable(text));
}

void RunCommandTest::pdfChart()
{
    QVERIFY(succeed(runWith(QStringLiteral("--threads 8 --iterations 2000 --sync none,mutex-coarse --trials 3 "
                                           "--chart chart.pdf")))
                .started);
    QVERIFY(contentOf(m_directory->filePath(QStringLiteral("chart.pdf"))).startsWith("%PDF-"));
    const QString reader = QStandardPaths::findExecutable(QStringLiteral("pdftotext"));
    QVERIFY2(!reader.isEmpty(), "pdftotext is needed (package poppler-utils)");
    QProcess process;
    process.start(reader, {m_directory->filePath(QStringLiteral("chart.pdf")), QStringLiteral("-")});
    QVERIFY(process.waitForFinished());
    const QByteArray text = process.readAllStandardOutput();
    QVERIFY2(text.contains("none") && text.contains("mutex-coarse"), text.constData());
}

void RunCommandTest::allAtOnce()
{
    const Ended ended = succeed(
        runWith(QStringLiteral("--threads 4 --iterations 100 --sync none,cas --trials 2 --record "
                               "--json --csv runs.csv --chart CHART.PNG")));
    QVERIFY(ended.started);
    QCOMPARE(runsOf(ended.out).size(), 4);
    QCOMPARE(filesIn(m_directory->path()), (QStringList{QStringLiteral("CHART.PNG"), QStringLiteral("runs.csv")}));
}

void RunCommandTest::help_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("named");
    QTest::newRow("--help") << QStringList{QStringLiteral("--help")}
                            << QStringList{QStringLiteral("interleave run"), QStringLiteral("--version")};
    QTest::newRow("-h") << QStringList{QStringLiteral("-h")} << QStringList{QStringLiteral("interleave run")};
    QTest::newRow("--version") << QStringList{QStringLiteral("--version")}
                               << QStringList{QStringLiteral("interleave 0.")};
    QStringList flags;
    for (const char* flag : {"--threads", "--iterations", "--sync", "--cores", "--window", "--trials", "--record",
                             "--switches", "--json", "--csv", "--chart", "--trace-json", "--help"})
        flags << QString::fromLatin1(flag);
    for (const char* way : {"none", "mutex", "mutex-coarse", "spinlock", "atomic", "cas", "sharded"})
        flags << QString::fromLatin1(way);
    QTest::newRow("run --help") << runWith(QStringLiteral("--help")) << flags;
    QTest::newRow("run --help and more") << runWith(QStringLiteral("--threads 5 --help")) << flags;
}

void RunCommandTest::help()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, named);
    const Ended ended = succeed(arguments);
    QVERIFY(ended.started);
    for (const QString& name : named)
        QVERIFY2(ended.out.contains(name.toUtf8()), (ended.out + "\ndoes not contain " + name.toUtf8()).constData());
}

QTEST_GUILESS_MAIN(RunCommandTest)
#include "run_command_test.moc"
