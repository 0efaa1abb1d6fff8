// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/program_document.h"

#include "code/program_files.h"
#include "code/recent_files.h"
#include "unexpected_warnings.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QWidget>

using namespace interleave;

namespace {

const QByteArray goodSource = ".var count\n.main\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nhalt\n";

struct Folder {
    QTemporaryDir dir;

    [[nodiscard]] QString path(const char* name) const { return dir.filePath(QLatin1String(name)); }
    QString write(const char* name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no room for a test file");
        return file.fileName();
    }
    [[nodiscard]] static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
};

// A document with its actions, and someone who answers.
struct Desk {
    Folder folder;
    QWidget owner;
    ProgramDocument document;
    ProgramFiles files{document, &owner};
    QSignalSpy failures{&files, &ProgramFiles::failed};
    ProgramFiles::Answer answer = ProgramFiles::Answer::Cancel;
    QString openPath, savePath, suggested;
    int questions = 0;

    Desk()
    {
        files.setAskForOpenPath([this](QWidget*, const QString&) { return openPath; });
        files.setAskForSavePath([this](QWidget*, const QString& name) {
            suggested = name;
            return savePath;
        });
        files.setAskToSave([this](QWidget*, const QString&) {
            ++questions;
            return answer;
        });
    }
    [[nodiscard]] QString lastFailure() const
    {
        return failures.isEmpty() ? QString() : failures.last().at(0).toString();
    }
};

} // namespace

class ProgramDocumentTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QVERIFY(m_settings.isValid());
        QCoreApplication::setOrganizationName(QStringLiteral("interleave-test"));
        QCoreApplication::setApplicationName(QStringLiteral("program-document"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }
    void init()
    {
        QTest::failOnWarning(unexpectedWarning());
        QSettings().clear();
    }

    void beginsWithABuiltIn()
    {
        ProgramDocument document;
        QVERIFY(document.builtIn());
        QCOMPARE(document.builtIn()->id, BuiltIn::UnlockedCounter);
        QCOMPARE(document.name(), QStringLiteral("unlocked-counter"));
        QVERIFY(document.program());
        QVERIFY(!document.error());
        QVERIFY(!document.isModified());
        QVERIFY(document.path().isEmpty());
    }

    void everyBuiltInAssembles()
    {
        ProgramDocument document;
        for (const BuiltInProgram& program : builtInPrograms()) {
            document.showBuiltIn(program.id);
            QVERIFY2(document.program(), qPrintable(document.name() + document.errorSentence()));
        }
        document.startNew();
        QVERIFY(document.program());
        QVERIFY(!document.builtIn());
    }

    void editingABuiltInMakesACopy()
    {
        ProgramDocument document;
        document.showBuiltIn(BuiltIn::Peterson);
        const QString before = document.text();
        const auto program = document.program();
        QSignalSpy programs(&document, &ProgramDocument::programChanged);
        QSignalSpy modified(&document, &ProgramDocument::modifiedChanged);
        document.edit(before + QStringLiteral("nop\n"));
        QCOMPARE(document.name(), QStringLiteral("copy of peterson"));
        QVERIFY(!document.builtIn());
        QVERIFY(document.isModified());
        QVERIFY(document.isPending());
        QCOMPARE(programs.count(), 0);
        QTRY_COMPARE(programs.count(), 1);
        QVERIFY(!document.isPending());
        QCOMPARE(document.program()->instructions.size(), program->instructions.size() + 1);
        // Back at what it was, there is nothing to lose; the name is not copied twice.
        document.edit(before);
        QVERIFY(!document.isModified());
        QCOMPARE(document.name(), QStringLiteral("copy of peterson"));
        QCOMPARE(modified.count(), 2);
    }

    void errorsNameThePlace()
    {
        ProgramDocument document;
        document.edit(QStringLiteral(".var count\n\nmov count, %ay\nhalt\n"));
        document.assembleNow();
        QVERIFY(!document.program());
        QVERIFY(document.error());
        QCOMPARE(document.error()->line, std::size_t{3});
        QCOMPARE(document.errorColumn(), 11);
        QCOMPARE(document.errorSentence(), QStringLiteral("line 3, column 12: there is no register '%ay'"));
        document.edit(QStringLiteral(".var count\n\nmov count, %ax\nhalt\n"));
        document.assembleNow();
        QVERIFY(document.program());
        QVERIFY(document.errorSentence().isEmpty());
    }

    void columnsCountCharacters()
    {
        ProgramDocument document;
        // Two bytes each, so that the byte column is not the one on screen.
        document.edit(QStringLiteral("halt # \u00e4\u00f6\u00fc # again\n"));
        document.assembleNow();
        QVERIFY(document.error());
        QCOMPARE(document.error()->column, std::size_t{15});
        QCOMPARE(document.errorColumn(), 11);
    }

    void savesWhatItOpened_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << goodSource;
        QTest::newRow("without a last line end") << QByteArray("halt");
        QTest::newRow("windows") << QByteArray(goodSource).replace("\n", "\r\n");
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + goodSource;
        QTest::newRow("other scripts") << QByteArray("# \xEA\xB0\x80 \xC2\xA0\nhalt\n");
        QTest::newRow("empty") << QByteArray();
    }
    void savesWhatItOpened()
    {
        QFETCH(QByteArray, bytes);
        const Folder folder;
        ProgramDocument document;
        QVERIFY(document.openFile(folder.write("x.s", bytes)));
        QCOMPARE(document.name(), QStringLiteral("x.s"));
        QVERIFY(!document.isModified());
        QVERIFY(document.program());
        const QString copy = folder.path("copy.s");
        QVERIFY(document.save(copy));
        QCOMPARE(Folder::read(copy), bytes);
        QCOMPARE(document.name(), QStringLiteral("copy.s"));
        QCOMPARE(document.path(), copy);
    }

    void refusesWhatIsNoProgram_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("nul") << QByteArray("sixteen bytes, y", 16) + '\0' + "more"
                             << QStringLiteral("x.s is not text: byte 17 is 0x00.");
        QTest::newRow("not UTF-8") << QByteArray("halt \xFF\n") << QStringLiteral("x.s is not text: byte 6 is 0xFF.");
        QTest::newRow("cut off") << QByteArray("halt \xC3") << QStringLiteral("x.s is not text: byte 6 is 0xC3.");
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QStringLiteral("x.s is not text: byte 1 is 0xC0.");
        QTest::newRow("surrogate") << QByteArray("a\xED\xA0\x80") << QStringLiteral("x.s is not text: byte 2 is 0xED.");
        QTest::newRow("program of a machine") << QByteArray("\x7F"
                                                            "ELF\x02\x01\x01")
                                              << QStringLiteral("x.s is not text: byte 5 is 0x02.");
        QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, '#')
                                   << QStringLiteral("x.s is too large for a program: it has more than 1 MB.");
    }
    void refusesWhatIsNoProgram()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, sentence);
        const Folder folder;
        ProgramDocument document;
        document.edit(QStringLiteral("halt # mine\n"));
        QSignalSpy failed(&document, &ProgramDocument::failed);
        QSignalSpy replaced(&document, &ProgramDocument::replaced);
        QVERIFY(!document.openFile(folder.write("x.s", bytes)));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed.first().at(0).toString(), sentence);
        QCOMPARE(replaced.count(), 0);
        QCOMPARE(document.text(), QStringLiteral("halt # mine\n"));
        QVERIFY(document.isModified());
    }

    void takesAFileOfOneMegabyte()
    {
        const Folder folder;
        QByteArray bytes(1024 * 1024, '\n');
        ProgramDocument document;
        QVERIFY(document.openFile(folder.write("x.s", bytes)));
        QCOMPARE(document.text().size(), bytes.size());
    }

    void refusesWhatIsNotThere()
    {
        const Folder folder;
        ProgramDocument document;
        QSignalSpy failed(&document, &ProgramDocument::failed);
        QVERIFY(!document.openFile(folder.path("none.s")));
        QVERIFY(failed.last().at(0).toString().endsWith(QLatin1String("there is no such file.")));
        QVERIFY(!document.openFile(folder.dir.path()));
        QVERIFY(failed.last().at(0).toString().endsWith(QLatin1String("it is a folder.")));
        QVERIFY(document.builtIn());
    }

    void saysWhenItCannotSave()
    {
        const Folder folder;
        ProgramDocument document;
        document.edit(QStringLiteral("halt\n"));
        QSignalSpy failed(&document, &ProgramDocument::failed);
        QVERIFY(!document.save(folder.path("no/such/folder.s")));
        QCOMPARE(failed.count(), 1);
        QVERIFY(document.isModified());
        QVERIFY(document.path().isEmpty());
    }

    void changesAreNotLostUnasked()
    {
        Desk desk;
        const QString path = desk.folder.write("x.s", goodSource);
        QVERIFY(desk.files.startNew());
        QCOMPARE(desk.questions, 0);
        desk.document.edit(QStringLiteral("halt # mine\n"));
        QVERIFY(!desk.files.openFile(path));
        QVERIFY(!desk.files.startNew());
        QVERIFY(!desk.files.showBuiltIn(BuiltIn::Peterson));
        QCOMPARE(desk.questions, 3);
        QCOMPARE(desk.document.text(), QStringLiteral("halt # mine\n"));

        // Who wants to save and then gives up keeps the program.
        desk.answer = ProgramFiles::Answer::Save;
        QVERIFY(!desk.files.openFile(path));
        QCOMPARE(desk.document.text(), QStringLiteral("halt # mine\n"));
        desk.savePath = desk.folder.path("mine");
        QVERIFY(desk.files.openFile(path));
        QCOMPARE(desk.suggested, QStringLiteral("new-program.s"));
        QCOMPARE(Folder::read(desk.folder.path("mine.s")), QByteArray("halt # mine\n"));
        QCOMPARE(desk.document.name(), QStringLiteral("x.s"));

        desk.document.edit(QStringLiteral("nop\n"));
        desk.answer = ProgramFiles::Answer::Discard;
        QVERIFY(desk.files.showBuiltIn(BuiltIn::Peterson));
        QCOMPARE(Folder::read(path), goodSource);
    }

    void actionsOpenAndSave()
    {
        Desk desk;
        desk.openPath = desk.folder.write("x.s", goodSource);
        QSignalSpy done(&desk.files, &ProgramFiles::done);
        desk.files.openAction()->trigger();
        QCOMPARE(desk.document.path(), desk.openPath);
        desk.document.edit(QStringLiteral("nop\n"));
        desk.files.saveAction()->trigger();
        QCOMPARE(Folder::read(desk.openPath), QByteArray("nop\n"));
        desk.savePath = desk.folder.path("y.s");
        desk.files.saveAsAction()->trigger();
        QCOMPARE(Folder::read(desk.savePath), QByteArray("nop\n"));
        QCOMPARE(done.count(), 3);
        desk.files.newAction()->trigger();
        QVERIFY(desk.document.path().isEmpty());
        QCOMPARE(desk.files.recent().paths(), (QStringList{desk.savePath, desk.openPath}));
        // Giving up changes nothing.
        desk.openPath.clear();
        desk.files.openAction()->trigger();
        QCOMPARE(desk.document.name(), QStringLiteral("new program"));
        QCOMPARE(desk.lastFailure(), QString());
    }

    void recentFilesAreRemembered()
    {
        const Folder folder;
        QStringList paths;
        {
            RecentFiles recent;
            for (int i = 0; i < RecentFiles::most + 2; ++i) {
                paths.prepend(folder.write(qPrintable(QStringLiteral("%1.s").arg(i)), goodSource));
                recent.add(paths.first());
            }
            recent.add(paths[3]);
        }
        paths.move(3, 0);
        RecentFiles recent;
        QCOMPARE(recent.paths(), paths.mid(0, RecentFiles::most));

        QMenu menu;
        recent.fill(&menu);
        QCOMPARE(menu.actions().size(), RecentFiles::most);
        QSignalSpy chosen(&recent, &RecentFiles::chosen);
        QSignalSpy missing(&recent, &RecentFiles::missing);
        menu.actions().at(1)->trigger();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(0).toString(), paths[1]);
        QVERIFY(QFile::remove(paths[2]));
        menu.actions().at(2)->trigger();
        QCOMPARE(missing.count(), 1);
        QVERIFY(missing.first().at(0).toString().contains(QLatin1String("is not there any more")));
        QVERIFY(!recent.paths().contains(paths[2]));
        emit menu.aboutToShow();
        QCOMPARE(menu.actions().size(), RecentFiles::most - 1);
    }

    void opensWhatIsDropped()
    {
        Desk desk;
        QMimeData data;
        QVERIFY(!ProgramFiles::canOpen(&data));
        QVERIFY(!desk.files.openDropped(&data));
        data.setUrls({QUrl::fromLocalFile(desk.folder.write("note.txt", "hello"))});
        QVERIFY(!ProgramFiles::canOpen(&data));
        const QUrl good = QUrl::fromLocalFile(desk.folder.write("x.s", goodSource));
        data.setUrls({good, good});
        QVERIFY(!ProgramFiles::canOpen(&data));
        data.setUrls({good});
        QVERIFY(ProgramFiles::canOpen(&data));
        QVERIFY(desk.files.openDropped(&data));
        QCOMPARE(desk.document.name(), QStringLiteral("x.s"));
        data.setUrls({QUrl::fromLocalFile(desk.folder.write("bad.S", QByteArray(3, '\0')))});
        QVERIFY(!desk.files.openDropped(&data));
        QCOMPARE(desk.lastFailure(), QStringLiteral("bad.S is not text: byte 1 is 0x00."));
        QCOMPARE(desk.document.name(), QStringLiteral("x.s"));
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(ProgramDocumentTest)
#include "program_document_test.moc"
