// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace interleave::test;

// Ctrl+C in the middle of a run that would last for hours.
class InterruptTest : public QObject {
    Q_OBJECT

private slots:
    void interrupt_data();
    void interrupt();
};

void InterruptTest::interrupt_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char* way : {"none", "mutex", "mutex-coarse", "spinlock", "atomic", "cas", "sharded"})
        QTest::addRow("%s", way) << QStringList{QStringLiteral("--sync"), QString::fromLatin1(way)};
    QTest::newRow("asleep in the window") << QStringList{QStringLiteral("--window"), QStringLiteral("1s")};
    QTest::newRow("one core") << QStringList{QStringLiteral("--cores"), QStringLiteral("1")};
    QTest::newRow("recorded, asleep") << QStringList{QStringLiteral("--record"), QStringLiteral("--iterations=1000"),
                                                     QStringLiteral("--window"), QStringLiteral("1s")};
    QTest::newRow("with files") << QStringList{QStringLiteral("--csv=runs.csv"), QStringLiteral("--chart=chart.png")};
}

void InterruptTest::interrupt()
{
    QFETCH(QStringList, arguments);
    const QTemporaryDir directory;
    QVERIFY(directory.isValid());
    const auto process = program(QStringList{QStringLiteral("run"), QStringLiteral("--threads=20"),
                                             QStringLiteral("--iterations=1000000000"), QStringLiteral("--trials=1000")}
                                     + arguments,
                                 directory.path());
    process->start();
    QVERIFY(process->waitForStarted());

    // Once the racing threads exist, whoever watches for the signal does, too.
    const Ended ended = interrupted(*process, 21);
    QVERIFY(!ended.crashed);
    QCOMPARE(ended.code, 130);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY2(ended.err.count('\n') == 1 && ended.err.startsWith("interleave: "), ended.err.constData());
    QCOMPARE(filesIn(directory.path()), QStringList());
}

QTEST_GUILESS_MAIN(InterruptTest)
#include "interrupt_test.moc"
