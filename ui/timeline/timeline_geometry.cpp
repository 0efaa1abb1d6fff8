// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_geometry.h"

#include "sentences/durations.h"
#include "sentences/names.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

struct Unit {
    double size;
    const char* text;
};
constexpr std::array units = {Unit{1e9, QT_TRANSLATE_NOOP("interleave::Timeline", "%1 s")},
                              Unit{1e6, QT_TRANSLATE_NOOP("interleave::Timeline", "%1 ms")},
                              Unit{1e3, QT_TRANSLATE_NOOP("interleave::Timeline", "%1 µs")},
                              Unit{1, QT_TRANSLATE_NOOP("interleave::Timeline", "%1 ns")}};

QLocale readableLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

// The smallest of 1, 2, 5, 10, 20, … that is no less.
double niceStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

VisibleTime clamped(const VisibleTime& view, double whole)
{
    VisibleTime result = view;
    const double length = std::clamp(view.length(), std::min(shortestVisible, whole), whole);
    // What is too short grows to both sides.
    result.begin = std::clamp(view.begin - (length - view.length()) / 2, 0.0, whole - length);
    result.end = result.begin + length;
    return result;
}

VisibleTime fitted(const VisibleTime& view, double whole)
{
    return {0, whole, view.width};
}

VisibleTime zoomed(const VisibleTime& view, double factor, double pixel, double whole)
{
    const double length = std::clamp(view.length() * factor, std::min(shortestVisible, whole), whole);
    const double begin = view.timeAt(pixel) - length * pixel / view.width;
    return clamped({begin, begin + length, view.width}, whole);
}

VisibleTime panned(const VisibleTime& view, double pixels, double whole)
{
    const double by = pixels * view.perPixel();
    return clamped({view.begin - by, view.end - by, view.width}, whole);
}

VisibleTime around(const VisibleTime& view, double from, double to, double whole)
{
    constexpr double room = 0.1; // of what is shown, at each side
    const double more = (to - from) * room / (1 - 2 * room);
    return clamped({from - more, to + more, view.width}, whole);
}

VisibleTime following(const VisibleTime& view, double time, double whole)
{
    constexpr double side = 0.1;
    if (view.shows(time))
        return view;
    const double begin = time - view.length() * (time > view.end ? side : 1 - side);
    return clamped({begin, begin + view.length(), view.width}, whole);
}

std::vector<AxisTick> axisTicks(const VisibleTime& view, double leastPixels, TimeUnit unit)
{
    const double step = niceStep(std::max(1.0, view.perPixel() * leastPixels));
    const Unit* shown = nullptr;
    if (unit == TimeUnit::Nanoseconds) {
        // With one decimal rather than with thousands of a unit; deep in a run no more than five digits.
        const double largest = std::max({std::min(step * 10, view.end / 2), step, view.end / 1e4});
        shown = std::find_if(units.begin(), units.end() - 1, [&](const Unit& u) { return u.size <= largest; });
    }
    const int decimals = shown ? std::max(0, static_cast<int>(std::ceil(std::log10(shown->size / step) - 1e-9))) : 0;
    std::vector<AxisTick> ticks;
    const auto last = static_cast<std::int64_t>(std::floor(view.end / step + 1e-9));
    for (auto i = static_cast<std::int64_t>(std::ceil(view.begin / step - 1e-9)); i <= last; ++i) {
        const double time = static_cast<double>(i) * step;
        ticks.push_back(
            {time, shown ? Texts::tr(shown->text).arg(readableLocale().toString(time / shown->size, 'f', decimals))
                         : numberText(static_cast<std::uint64_t>(std::llround(time)))});
    }
    return ticks;
}

QString lengthText(double length, TimeUnit unit)
{
    return unit == TimeUnit::Ticks ? ticksText(static_cast<std::uint64_t>(std::llround(std::max(0.0, length))))
                                   : timeText(std::max(0.0, length));
}

} // namespace interleave
