// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/trace_export.h"

#include "export/trace_file.h"
#include "hardware/recorded_history.h"
#include "hardware/run.h"
#include "machine_run.h"
#include "made_history.h"
#include "picture_checks.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace interleave;

namespace {

constexpr int patience = 60'000; // ms; nothing is asserted about how long it takes

std::shared_ptr<const History> recordedRun(std::uint32_t threads, std::uint32_t iterations)
{
    RunParameters parameters;
    parameters.threads = threads;
    parameters.iterations = iterations;
    parameters.window = std::chrono::nanoseconds{200};
    const auto run = runRecorded(parameters);
    return run ? run->history : nullptr;
}

// A trace export with all it needs, and what it says.
struct Desk {
    explicit Desk(std::shared_ptr<const History> shown) : history(std::move(shown))
    {
        trace.setAskForPath([this](QWidget*, const QString& suggested, const QString&) {
            asked = suggested;
            return path;
        });
        trace.setEnabled(history != nullptr);
    }
    QTemporaryDir folder;
    std::shared_ptr<const History> history;
    QString path;
    QString asked;
    QWidget window;
    TraceExport trace{[this] { return TraceExport::Job{history, QStringLiteral("peterson")}; }, &window};
    QSignalSpy done{&trace, &TraceExport::done};
    QSignalSpy failed{&trace, &TraceExport::failed};
    QSignalSpy cancelled{&trace, &TraceExport::cancelled};
    QSignalSpy stopped{&trace, &TraceExport::stopped};

    void write(const QString& to)
    {
        path = to;
        trace.action()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!trace.isRunning(), patience);
    }
    [[nodiscard]] QString in(const char* name) const { return folder.filePath(QLatin1String(name)); }
};

} // namespace

class TraceExportTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void countsAreTheLedgers_data();
    void countsAreTheLedgers();
    void longRunSaysItsDetail();
    void progressGoesOn();
    void cancelLeavesNothing();
    void cancelLeavesTheOldFile();
    void problemsAreOneSentence_data();
    void problemsAreOneSentence();
    void nothingToExport();
    void oneAtATime();
};

void TraceExportTest::countsAreTheLedgers_data()
{
    QTest::addColumn<bool>("recorded");
    QTest::newRow("real threads") << true;
    QTest::newRow("the machine, losing some") << false;
}

void TraceExportTest::countsAreTheLedgers()
{
    QFETCH(bool, recorded);
    Desk desk(recorded ? recordedRun(3, 400) : machineRun(BuiltIn::UnlockedCounter, 3, 100));
    QVERIFY(recorded || desk.history->ledger().lost() > 50);
    QVERIFY(desk.trace.action()->isEnabled());
    desk.write(desk.in("t"));
    QCOMPARE(desk.asked, QStringLiteral("interleave-trace.json"));
    QCOMPARE(desk.done.count(), 1);
    QCOMPARE(everythingIn(desk.folder), QStringList{QStringLiteral("t.json")});
    const QString sentence = desk.done.first().first().toString();
    QVERIFY2(sentence.contains(QLatin1String("t.json")), qPrintable(sentence));
    QVERIFY2(sentence.contains(QLatin1String("Everything")), qPrintable(sentence));

    const QJsonObject all = QJsonDocument::fromJson(contentOf(desk.in("t.json"))).object();
    QHash<QString, qint64> counted;
    qint64 updates = 0;
    qint64 lost = 0;
    for (const auto& value : all[QLatin1String("traceEvents")].toArray()) {
        const QJsonObject event = value.toObject();
        const QString type = event[QLatin1String("ph")].toString();
        ++counted[type];
        if (type != QLatin1String("X") || event[QLatin1String("pid")].toInt() != 1)
            continue;
        updates += event[QLatin1String("args")].toObject()[QLatin1String("updates")].toInteger();
        lost += event[QLatin1String("args")].toObject()[QLatin1String("lost")].toInteger();
    }
    const Ledger& ledger = desk.history->ledger();
    QCOMPARE(updates, static_cast<qint64>(ledger.updates()));
    QCOMPARE(lost, static_cast<qint64>(ledger.lost()));
    QCOMPARE(counted[QStringLiteral("s")], lost);
    QCOMPARE(counted[QStringLiteral("f")], lost);
    const QJsonObject facts = all[QLatin1String("otherData")].toObject();
    QCOMPARE(facts[QLatin1String("lost")].toInteger(), lost);
    if (!recorded) {
        QCOMPARE(facts[QLatin1String("program")].toString(), QStringLiteral("peterson"));
        return;
    }
    QCOMPARE(facts[QLatin1String("sync")].toString(), QStringLiteral("none"));
    QCOMPARE(facts[QLatin1String("iterations")].toString(), QStringLiteral("400"));
}

void TraceExportTest::longRunSaysItsDetail()
{
    // One lost update in each streak but the first, more of them than a file may have.
    Desk desk(std::make_shared<LongHistory>(2, 1, 150'000));
    desk.write(desk.in("long.json"));
    QCOMPARE(desk.done.count(), 1);
    const QString sentence = desk.done.first().first().toString();
    QVERIFY2(sentence.contains(QLatin1String("too long")), qPrintable(sentence));
    const QJsonObject facts =
        QJsonDocument::fromJson(contentOf(desk.in("long.json"))).object()[QLatin1String("otherData")].toObject();
    QVERIFY(facts[QLatin1String("level_of_detail")].toString() != QLatin1String("everything"));
    QCOMPARE(facts[QLatin1String("lost")].toInteger(), static_cast<qint64>(desk.history->ledger().lost()));
}

void TraceExportTest::progressGoesOn()
{
    double last = 0;
    int times = 0;
    const LongHistory history(2, 50, 400);
    const auto file = traceOf(history, {}, {}, [&](double part) {
        QVERIFY(part >= last && part <= 1);
        last = part;
        ++times;
    });
    QVERIFY(file);
    QVERIFY(times > 3);
    QVERIFY(last > 0.6);
}

void TraceExportTest::cancelLeavesNothing()
{
    Desk desk(std::make_shared<LongHistory>(2, 1, 150'000));
    desk.path = desk.in("t.json");
    desk.trace.action()->trigger();
    QVERIFY(desk.trace.isRunning());
    desk.trace.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stopped.count(), 1, patience);
    QCOMPARE(desk.cancelled.count(), 1);
    QCOMPARE(desk.done.count() + desk.failed.count(), 0);
    QVERIFY(everythingIn(desk.folder).isEmpty());
    QVERIFY(desk.trace.action()->isEnabled());
}

void TraceExportTest::cancelLeavesTheOldFile()
{
    Desk desk(std::make_shared<LongHistory>(2, 1, 150'000));
    desk.path = desk.in("t.json");
    const QByteArray old = "what was there";
    QVERIFY(saveBytes(old, desk.path));
    desk.trace.action()->trigger();
    desk.trace.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stopped.count(), 1, patience);
    QCOMPARE(contentOf(desk.path), old);
}

void TraceExportTest::problemsAreOneSentence_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("folder that is not there") << QStringLiteral("/nowhere/at/all/t.json");
    QTest::newRow("a folder") << QStringLiteral(".");
    QTest::newRow("full disk") << QStringLiteral("/dev/full/t.json");
}

void TraceExportTest::problemsAreOneSentence()
{
    QFETCH(QString, path);
    Desk desk(recordedRun(2, 10));
    const QString inTheWay = desk.in("t.json");
    if (path == QLatin1String("."))
        QVERIFY(QDir().mkdir(inTheWay));
    desk.write(path == QLatin1String(".") ? inTheWay : path);
    QCOMPARE(desk.failed.count(), 1);
    QCOMPARE(desk.done.count(), 0);
    const QString sentence = desk.failed.first().first().toString();
    QVERIFY2(isOneSentence(sentence), qPrintable(sentence));
    QDir().rmdir(inTheWay);
    QVERIFY(everythingIn(desk.folder).isEmpty());
}

void TraceExportTest::nothingToExport()
{
    Desk desk(nullptr);
    QVERIFY(!desk.trace.action()->isEnabled());
    desk.history = recordedRun(2, 10);
    desk.trace.setEnabled(true);
    desk.write({}); // nobody gave a name
    QVERIFY(!desk.asked.isEmpty());
    QCOMPARE(desk.done.count() + desk.failed.count() + desk.stopped.count(), 0);
}

void TraceExportTest::oneAtATime()
{
    Desk desk(std::make_shared<LongHistory>(2, 1, 150'000));
    desk.path = desk.in("t.json");
    desk.trace.action()->trigger();
    QVERIFY(!desk.trace.action()->isEnabled());
    desk.trace.setEnabled(true); // as after another run
    QVERIFY(!desk.trace.action()->isEnabled());
    desk.trace.action()->trigger();
    desk.trace.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(desk.stopped.count(), 1, patience);
    QVERIFY(desk.trace.action()->isEnabled());
}

QTEST_MAIN(TraceExportTest)
#include "trace_export_test.moc"
