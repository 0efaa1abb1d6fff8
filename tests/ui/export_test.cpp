// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_actions.h"

#include "picture_checks.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>
#include <csignal>
#include <optional>
#include <sys/resource.h>

using namespace interleave;

namespace {

Picture framedWord()
{
    const auto paint = [](QPainter& painter, const QSizeF& size) {
        painter.setPen(QPen(Qt::blue, 2));
        painter.drawRect(QRectF(QPointF(4, 4), size - QSizeF(8, 8)));
        QFont font;
        font.setPixelSize(20);
        painter.setFont(font);
        painter.setPen(Qt::black);
        painter.drawText(QRectF(QPointF(), size), Qt::AlignCenter, QStringLiteral("Interleaved"));
    };
    return {QStringLiteral("A framed word"), QSizeF(320, 200), QColor(250, 250, 248), paint};
}

// No file of this process may grow beyond this size while one lives: a disk that is full.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = m_before;
        small.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
};

} // namespace

class ExportTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
    }

    void pngHasTheSizeOfItsScale_data()
    {
        QTest::addColumn<int>("scale");
        for (const int scale : pictureScales)
            QTest::addRow("%d", scale) << scale;
    }

    void pngHasTheSizeOfItsScale()
    {
        QFETCH(int, scale);
        const QString path = m_folder->filePath(QStringLiteral("word.png"));
        const Exported exported = exportPicture(framedWord(), path, scale);
        QVERIFY2(exported, qPrintable(exported ? QString() : exported.error()));
        const QImage image(path);
        QCOMPARE(image.size(), QSize(320, 200) * scale);
        QVERIFY(distinctColours(image) > 10); // edges are smoothed
        QVERIFY(inkShare(image) > 0.01 && inkShare(image) < 0.5);
        QCOMPARE(image.pixelColor(0, 0), QColor(250, 250, 248));
        QCOMPARE(image.pixelColor(4 * scale, 100 * scale), QColor(Qt::blue)); // the frame, where it was drawn
        QVERIFY(!image.hasAlphaChannel() || image.pixelColor(1, 1).alpha() == 255);
    }

    void svgHoldsTextAndItsViewBox()
    {
        const QString path = m_folder->filePath(QStringLiteral("word.svg"));
        QVERIFY(exportPicture(framedWord(), path));
        const QString svg = QString::fromUtf8(contentOf(path));
        QVERIFY(svg.contains(QStringLiteral("viewBox=\"0 0 320 200\"")));
        QVERIFY(svg.contains(QStringLiteral("<title>A framed word</title>")));
        QVERIFY(textOfSvg(svg.toUtf8()).contains(QStringLiteral("Interleaved")));
        const QImage image = renderedSvg(svg.toUtf8(), QSize(320, 200));
        QVERIFY(inkShare(image) > 0.01);
    }

    void pdfIsOnePageThatFitsWithRealText()
    {
        const QString path = m_folder->filePath(QStringLiteral("word.PDF")); // the suffix is taken in either case
        QVERIFY(exportPicture(framedWord(), path));
        const QByteArray pdf = contentOf(path);
        QVERIFY(pdf.startsWith("%PDF-"));
        // 320 × 200 at 96 dots per inch, in points
        static const QRegularExpression page(QStringLiteral(R"(/MediaBox \[0 0 240(\.0+)? 150(\.0+)?\])"));
        QVERIFY(page.match(QString::fromLatin1(pdf)).hasMatch());
        QCOMPARE(pdf.count("/MediaBox"), 1);
        QVERIFY(textOfPdf(path, QStringLiteral("Interleaved")).contains(QStringLiteral("Interleaved")));
    }

    void copyPutsAnImageOnTheClipboard()
    {
        QGuiApplication::clipboard()->clear();
        copyPicture(framedWord(), 2);
        const QImage image = QGuiApplication::clipboard()->image();
        QCOMPARE(image.size(), QSize(640, 400));
        QVERIFY(inkShare(image) > 0.01);
    }

    void failureIsOneSentenceAndLeavesNothing_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        QTest::newRow("missing folder") << QStringLiteral("missing/word.png") << QStringLiteral("does not exist");
        QTest::newRow("below a file") << QStringLiteral("plain.txt/word.svg") << QStringLiteral("does not exist");
        QTest::newRow("a folder") << QStringLiteral("folder.pdf") << QStringLiteral("is a folder");
        QTest::newRow("not a picture") << QStringLiteral("word.gif") << QStringLiteral(".png, .svg or .pdf");
        QTest::newRow("no suffix") << QStringLiteral("word") << QStringLiteral(".png, .svg or .pdf");
    }

    void failureIsOneSentenceAndLeavesNothing()
    {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder.pdf")));
        QVERIFY(saveBytes("old", m_folder->filePath(QStringLiteral("plain.txt"))));
        const QStringList before = everythingIn(*m_folder);
        const Exported exported = exportPicture(framedWord(), m_folder->filePath(path));
        QVERIFY(!exported);
        QVERIFY2(isOneSentence(exported.error()), qPrintable(exported.error()));
        QVERIFY2(exported.error().contains(path), qPrintable(exported.error()));
        QVERIFY2(exported.error().contains(reason), qPrintable(exported.error()));
        QCOMPARE(everythingIn(*m_folder), before);
    }

    void whereNobodyMayWriteNothingIsWritten()
    {
        const Exported exported = exportPicture(framedWord(), QStringLiteral("/proc/word.png"));
        QVERIFY(!exported);
        QVERIFY2(isOneSentence(exported.error()), qPrintable(exported.error()));
        QVERIFY(exported.error().contains(QStringLiteral("/proc/word.png")));
    }

    void aFullDiskLeavesTheOldFile_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"word.png", "word.svg", "word.pdf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void aFullDiskLeavesTheOldFile()
    {
        QFETCH(QString, name);
        const QString path = m_folder->filePath(name);
        QVERIFY(saveBytes("what was there", path));
        const QStringList before = everythingIn(*m_folder);
        const Exported exported = [&] {
            const FullDisk full(100);
            return exportPicture(framedWord(), path);
        }();
        QVERIFY(!exported);
        QVERIFY2(isOneSentence(exported.error()), qPrintable(exported.error()));
        QVERIFY(exported.error().contains(name));
        QVERIFY2(exported.error().contains(QStringLiteral("File too large")), qPrintable(exported.error()));
        QCOMPARE(contentOf(path), QByteArray("what was there"));
        QCOMPARE(everythingIn(*m_folder), before);
        QVERIFY(exportPicture(framedWord(), path)); // and it works again when there is room
        QVERIFY(contentOf(path) != QByteArray("what was there"));
    }

    void actionsWriteWhatTheyName()
    {
        QWidget owner;
        ExportActions actions(framedWord, &owner);
        actions.offerCsv([] { return QByteArray("a,b\r\n"); });
        QStringList suggestions;
        actions.setAskForPath([&](QWidget*, const QString& suggested, const QString&) {
            suggestions << suggested;
            return m_folder->filePath(QString::number(suggestions.size()) + suggested);
        });
        QSignalSpy done(&actions, &ExportActions::done);
        QSignalSpy failed(&actions, &ExportActions::failed);
        for (QAction* action : actions.actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->statusTip().isEmpty());
            action->trigger();
        }
        QCOMPARE(failed.size(), 0);
        QCOMPARE(done.size(), 7);
        const QString picture = QStringLiteral("a-framed-word.");
        QCOMPARE(suggestions, (QStringList{picture + QStringLiteral("png"), picture + QStringLiteral("png"),
                                           picture + QStringLiteral("png"), picture + QStringLiteral("svg"),
                                           picture + QStringLiteral("pdf"), picture + QStringLiteral("csv")}));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(QImage(m_folder->filePath(QString::number(i + 1) + suggestions[i])).size(),
                     QSize(320, 200) * pictureScales[i]);
        QCOMPARE(contentOf(m_folder->filePath(QStringLiteral("6a-framed-word.csv"))), QByteArray("a,b\r\n"));
        actions.exportAction()->trigger();
        QCOMPARE(suggestions.size(), 7);
        QCOMPARE(done.size(), 8);

        QMenu menu;
        actions.fill(&menu);
        for (QAction* action : actions.actions())
            QVERIFY(menu.actions().contains(action));
    }

    void givingUpInTheDialogDoesNothing()
    {
        QWidget owner;
        ExportActions actions(framedWord, &owner);
        actions.setAskForPath([](QWidget*, const QString&, const QString&) { return QString(); });
        QSignalSpy done(&actions, &ExportActions::done);
        QSignalSpy failed(&actions, &ExportActions::failed);
        actions.exportAction()->trigger();
        QCOMPARE(done.size() + failed.size(), 0);
    }

    void aNameWithoutSuffixGetsTheOneThatWasAskedFor()
    {
        QWidget owner;
        ExportActions actions(framedWord, &owner);
        actions.setAskForPath(
            [&](QWidget*, const QString&, const QString&) { return m_folder->filePath(QStringLiteral("bare")); });
        actions.actions().constFirst()->trigger();
        QVERIFY(QFileInfo::exists(m_folder->filePath(QStringLiteral("bare.png"))));
    }

    void aFailedExportIsTold()
    {
        QWidget owner;
        ExportActions actions(framedWord, &owner);
        actions.setAskForPath([&](QWidget*, const QString& suggested, const QString&) {
            return m_folder->filePath(QStringLiteral("missing/") + suggested);
        });
        QSignalSpy failed(&actions, &ExportActions::failed);
        actions.actions().constFirst()->trigger();
        QCOMPARE(failed.size(), 1);
        QVERIFY(isOneSentence(failed.first().first().toString()));
    }

private:
    std::optional<QTemporaryDir> m_folder;
};

QTEST_MAIN(ExportTest)
#include "export_test.moc"
