// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/export_actions.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QRegularExpression>
#include <QWidget>

namespace interleave {

namespace {

// A file name that every file system takes.
QString fileNameFrom(const QString& title)
{
    static const QRegularExpression awkward(QStringLiteral("[^\\p{L}\\p{N}]+"));
    QString name = title.toLower().replace(awkward, QStringLiteral("-"));
    while (name.endsWith(u'-'))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("interleave") : name;
}

} // namespace

QString askForExportPath(QWidget* owner, const QString& suggested, const QString& filter)
{
    QFileDialog dialog(owner->window(), ExportActions::tr("Export"), QString(), filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    // Before the dialog asks whether to overwrite, so that it asks about the file that will be written.
    dialog.setDefaultSuffix(QFileInfo(suggested).suffix());
    dialog.selectFile(suggested);
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

ExportActions::ExportActions(std::function<Picture()> picture, QWidget* owner)
    : QObject(owner), m_picture(std::move(picture)), m_owner(owner), m_askForPath(askForExportPath),
      m_export(newAction(tr("Export …"), tr("Saves the picture as PNG, SVG or PDF"), "export"))
{
    connect(m_export, &QAction::triggered, this, [this] {
        savePicture(QStringLiteral("png"), tr("PNG image (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"), 2);
    });
    for (const int scale : pictureScales) {
        const QString text = scale == 1 ? tr("Export as PNG …") : tr("Export as PNG, %1× …").arg(scale);
        const QString explanation = tr("Saves the picture as an image at %1 times its size on screen").arg(scale);
        QAction* action = addAction(text, explanation, "exportPng");
        action->setObjectName(QStringLiteral("exportPng%1x").arg(scale));
        connect(action, &QAction::triggered, this,
                [this, scale] { savePicture(QStringLiteral("png"), tr("PNG image (*.png)"), scale); });
    }
    const QAction* svg = addAction(tr("Export as SVG …"),
                                   tr("Saves the picture as a drawing that can be enlarged and edited"), "exportSvg");
    connect(svg, &QAction::triggered, this,
            [this] { savePicture(QStringLiteral("svg"), tr("SVG drawing (*.svg)"), 1); });
    const QAction* pdf =
        addAction(tr("Export as PDF …"), tr("Saves the picture as a page to print or to hand out"), "exportPdf");
    connect(pdf, &QAction::triggered, this,
            [this] { savePicture(QStringLiteral("pdf"), tr("PDF document (*.pdf)"), 1); });
    const QAction* copy = addAction(tr("Copy picture"), tr("Puts the picture on the clipboard"), "copyPicture");
    connect(copy, &QAction::triggered, this, [this] {
        copyPicture(m_picture());
        emit done(tr("The picture is on the clipboard."));
    });
}

void ExportActions::offerCsv(std::function<QByteArray()> csv)
{
    m_csv = std::move(csv);
    connect(addAction(tr("Save data as CSV …"), tr("Saves the figures behind the picture as a table"), "saveCsv"),
            &QAction::triggered, this, [this] {
                save(m_picture().title, QStringLiteral("csv"), tr("CSV table (*.csv)"),
                     [this](const QString& path) { return saveBytes(m_csv(), path); });
            });
}

void ExportActions::setEnabled(bool enabled)
{
    m_export->setEnabled(enabled);
    for (QAction* action : std::as_const(m_actions))
        action->setEnabled(enabled);
}

void ExportActions::fill(QMenu* menu) const
{
    for (QAction* action : m_actions) {
        if (action->objectName() == QLatin1String("copyPicture") || action->objectName() == QLatin1String("saveCsv"))
            menu->addSeparator();
        menu->addAction(action);
    }
}

QAction* ExportActions::newAction(const QString& text, const QString& explanation, const char* name)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setStatusTip(explanation);
    action->setToolTip(explanation);
    return action;
}

QAction* ExportActions::addAction(const QString& text, const QString& explanation, const char* name)
{
    QAction* action = newAction(text, explanation, name);
    m_actions.append(action);
    return action;
}

void ExportActions::savePicture(const QString& suffix, const QString& filter, int scale)
{
    // Taken before the dialog opens: what was on screen when the user asked.
    const Picture picture = m_picture();
    save(picture.title, suffix, filter,
         [&picture, scale](const QString& path) { return exportPicture(picture, path, scale); });
}

void ExportActions::save(const QString& title, const QString& suffix, const QString& filter,
                         const std::function<Exported(const QString&)>& write)
{
    QString path = m_askForPath(m_owner, fileNameFrom(title) + u'.' + suffix, filter);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += u'.' + suffix;
    if (const Exported exported = write(path); exported)
        emit done(tr("Saved %1.").arg(QDir::toNativeSeparators(path)));
    else
        emit failed(exported.error());
}

} // namespace interleave
