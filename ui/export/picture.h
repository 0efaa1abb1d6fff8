// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArray>
#include <QColor>
#include <QImage>
#include <QSizeF>
#include <QString>
#include <functional>
#include <variant>

class QPainter;

namespace interleave {

// Something that can be drawn at its size in device-independent pixels, on any device.
struct Picture {
    QString title; // of the document; a file name is suggested from it
    QSizeF size;
    QColor ground; // the image is filled with it first
    std::function<void(QPainter&, const QSizeF&)> paint;
};

enum class PictureFormat { Png, Svg, Pdf };

// The scales that a PNG can have.
inline constexpr int pictureScales[] = {1, 2, 4};

// Success carries nothing; failure is one sentence that names the file and the reason.
using Exported = Result<std::monostate, QString>;

[[nodiscard]] QImage imageOf(const Picture& picture, int scale = 1);
[[nodiscard]] QByteArray svgOf(const Picture& picture);
// One page that the picture fills, with text as text.
[[nodiscard]] QByteArray pdfOf(const Picture& picture);

// Writes the picture in the format that the suffix of the path names: .png, .svg or .pdf. `scale` is of a PNG only.
[[nodiscard]] Exported exportPicture(const Picture& picture, const QString& path, int scale = 1);
// Puts an image of the picture on the clipboard.
void copyPicture(const Picture& picture, int scale = 2);

// Replaces the file by these bytes, all or nothing: on failure the old file is as it was, and no other is left.
[[nodiscard]] Exported saveBytes(const QByteArray& bytes, const QString& path);

} // namespace interleave
