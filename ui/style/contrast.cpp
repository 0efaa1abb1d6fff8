// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/contrast.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

// Of one channel. A table: colours are adapted while a window is painted, too.
double linear(int channel)
{
    static const std::array<double, 256> values = [] {
        std::array<double, 256> table{};
        for (std::size_t i = 0; i < table.size(); ++i) {
            const double share = static_cast<double>(i) / 255;
            table[i] = share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
        }
        return table;
    }();
    return values[static_cast<std::size_t>(std::clamp(channel, 0, 255))];
}

} // namespace

double luminanceOf(const QColor& colour)
{
    return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue());
}

double contrastBetween(const QColor& one, const QColor& other)
{
    const double a = luminanceOf(one);
    const double b = luminanceOf(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor readable(const QColor& colour, const QColor& on, double ratio)
{
    if (contrastBetween(colour, on) >= ratio)
        return colour;
    // Where black and white stand equally far from a ground, at this luminance, the better direction changes.
    constexpr double middle = 0.179;
    const bool darker = luminanceOf(on) > middle;
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    colour.toRgb().getHslF(&hue, &saturation, &lightness);
    const auto at = [&](int step) {
        const float end = darker ? 0.0F : 1.0F;
        const float share = static_cast<float>(step) / 255.0F;
        // A grey has no hue, which is told by a negative one.
        return QColor(
            QColor::fromHslF(std::max(hue, 0.0F), saturation, lightness + (end - lightness) * share).toRgb().rgb());
    };
    for (int step = 1; step < 255; ++step)
        if (const QColor changed = at(step); contrastBetween(changed, on) >= ratio)
            return changed;
    return at(255);
}

} // namespace interleave
