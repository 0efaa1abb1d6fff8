// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/programs.h"
#include "unexpected_warnings.h"

#include <QSet>
#include <QTest>

using namespace interleave;

class ProgramSentencesTest final : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    // What `interleave programs` and the window list: a title and one line each.
    void everyProgramHasATitleAndASummaryOfItsOwn()
    {
        QSet<QString> titles;
        QSet<QString> summaries;
        for (const BuiltInProgram& program : builtInPrograms()) {
            const QString title = titleOf(program.id);
            const QString summary = summaryOf(program.id);
            QVERIFY2(!title.isEmpty() && title.size() <= 32, program.name.data());
            QVERIFY(!title.endsWith(QLatin1Char('.')));
            QVERIFY2(summary.size() > title.size() && summary.size() <= 100, qPrintable(summary));
            QVERIFY(summary.endsWith(QLatin1Char('.')));
            QVERIFY(!summary.contains(QLatin1Char('\n')));
            titles << title;
            summaries << summary;
        }
        QCOMPARE(titles.size(), qsizetype{builtInCount});
        QCOMPARE(summaries.size(), qsizetype{builtInCount});
    }
};

QTEST_GUILESS_MAIN(ProgramSentencesTest)
#include "program_sentences_test.moc"
