// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/picture.h"

#include <QBuffer>
#include <QClipboard>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <cmath>
#include <optional>

namespace interleave {

namespace {

constexpr int dotsPerInch = 96;
constexpr int pdfDotsPerInch = 1200;
constexpr double pointsPerDot = 72.0 / dotsPerInch;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Export)
};

std::optional<PictureFormat> formatOf(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QLatin1String("png"))
        return PictureFormat::Png;
    if (suffix == QLatin1String("svg"))
        return PictureFormat::Svg;
    if (suffix == QLatin1String("pdf"))
        return PictureFormat::Pdf;
    return std::nullopt;
}

void paint(const Picture& picture, QPainter& painter)
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(QPointF(), picture.size), picture.ground);
    picture.paint(painter, picture.size);
}

// QSaveFile's own words, without the full stop or the path that some of them carry.
Exported failure(const QString& path, QString reason)
{
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return Texts::tr("%1 could not be written: %2.").arg(QDir::toNativeSeparators(path), reason);
}

} // namespace

QImage imageOf(const Picture& picture, int scale)
{
    const QSize size(static_cast<int>(std::lround(picture.size.width() * scale)),
                     static_cast<int>(std::lround(picture.size.height() * scale)));
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    constexpr double inchesPerMetre = 39.3701;
    image.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerInch * scale * inchesPerMetre)));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    image.fill(picture.ground);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paint(picture, painter);
    return image;
}

QByteArray svgOf(const Picture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(dotsPerInch);
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF(QPointF(), picture.size));
    generator.setTitle(picture.title);
    generator.setDescription(Texts::tr("Made by Interleave %1").arg(QStringLiteral(INTERLEAVE_VERSION)));
    QPainter painter(&generator);
    paint(picture, painter);
    painter.end();
    return bytes;
}

QByteArray pdfOf(const Picture& picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(pdfDotsPerInch);
    writer.setTitle(picture.title);
    writer.setCreator(QStringLiteral("Interleave " INTERLEAVE_VERSION));
    writer.setPageSize(QPageSize(picture.size * pointsPerDot, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    painter.scale(static_cast<double>(pdfDotsPerInch) / dotsPerInch, static_cast<double>(pdfDotsPerInch) / dotsPerInch);
    paint(picture, painter);
    painter.end();
    return bytes;
}

Exported exportPicture(const Picture& picture, const QString& path, int scale)
{
    const auto format = formatOf(path);
    if (!format)
        return failure(path, Texts::tr("a picture needs a name that ends in .png, .svg or .pdf"));
    if (picture.size.isEmpty())
        return failure(path, Texts::tr("the picture is empty"));

    QByteArray bytes;
    switch (*format) {
    case PictureFormat::Png: {
        QBuffer buffer(&bytes);
        if (!imageOf(picture, scale).save(&buffer, "PNG"))
            return failure(path, Texts::tr("the picture is too large for the memory that is free"));
        break;
    }
    case PictureFormat::Svg:
        bytes = svgOf(picture);
        break;
    case PictureFormat::Pdf:
        bytes = pdfOf(picture);
        break;
    }
    return saveBytes(bytes, path);
}

void copyPicture(const Picture& picture, int scale)
{
    QGuiApplication::clipboard()->setImage(imageOf(picture, scale));
}

Exported saveBytes(const QByteArray& bytes, const QString& path)
{
    const QFileInfo target(path);
    if (target.isDir())
        return failure(path, Texts::tr("it is a folder"));
    if (!target.dir().exists())
        return failure(path, Texts::tr("the folder %1 does not exist")
                                 .arg(QDir::toNativeSeparators(target.absolutePath())));
    QSaveFile file(path);
    // Unbuffered: QSaveFile::commit() does not see that the last buffer found no room. A disk that fills up takes a
    // part first, and gives its reason when asked for the rest.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failure(path, file.errorString());
    for (qsizetype written = 0; written < bytes.size();) {
        const qint64 more = file.write(bytes.constData() + written, bytes.size() - written);
        if (more <= 0)
            return failure(path, file.errorString());
        written += more;
    }
    if (!file.commit())
        return failure(path, file.errorString());
    return std::monostate();
}

} // namespace interleave
