// SPDX-License-Identifier: GPL-3.0-or-later
// How much processor time the timeline takes to paint 1920 x 400 pixels of 8 busy tracks, at 100 random zooms and positions of a long
// and of a short history; and to paint again when only the playhead has moved. Goals: 95 of 100 in 4 ms, all in 16 ms,
// the median of the long history at most twice that of the short one.
#include "machine/machine_history.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "program/assembler.h"
#include "style/theme.h"
#include "timeline/timeline_view.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <vector>

using namespace interleave;

namespace {

constexpr double shortSteps = 1e5;
constexpr double longSteps = 1e8;
constexpr int views = 100;

// Eight threads on one core share a counter for about `steps` steps in all, three instructions at a time.
std::shared_ptr<const MachineHistory> counterRun(double steps)
{
    constexpr ThreadIndex threads = 8;
    constexpr double instructionsPerUpdate = 6;
    const auto program = assemble(".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                  "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n",
                                  {});
    MachineSettings settings;
    settings.threads = threads;
    settings.quantum = 50;
    settings.maxSteps = static_cast<std::uint64_t>(steps);
    settings.registers = {
        {{Register::Bx, Integer(static_cast<std::int64_t>(steps / instructionsPerUpdate / threads))}}};
    return MachineHistory::run(std::make_shared<const Program>(*program), settings).value();
}

double milliseconds(TimelineView& view, QImage& image)
{
    const std::clock_t begin = std::clock();
    view.render(&image, {}, {}, QWidget::RenderFlags());
    return 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void tell(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-24s median %6.2f ms   95 %% %6.2f ms   worst %6.2f ms\n", what, times[times.size() / 2],
                times[times.size() * 95 / 100], times.back());
    std::fflush(stdout);
}

void measure(const char* name, double steps)
{
    Playback playback;
    Selection selection;
    TimelineView view(playback, selection);
    view.setPalette(Theme::light().palette());
    view.resize(1920, 400);
    view.builder().setStepsAtOnce(UINT64_MAX);
    playback.setHistory(counterRun(steps));
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    milliseconds(view, image); // fonts, and the minimap
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    const double whole = view.visible().end;
    std::vector<double> times;
    std::vector<double> moves;
    for (int i = 0; i < views; ++i) {
        const double length = 1920 * std::exp2(unit(random) * std::log2(whole / 1920));
        const double from = unit(random) * (whole - length);
        view.showTimes(from, from + length);
        times.push_back(milliseconds(view, image));
        moves.push_back(milliseconds(view, image));
    }
    tell(name, times);
    tell("  the playhead moves", moves);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const double most = argc > 1 ? std::atof(argv[1]) : longSteps;
    measure("100 thousand steps", shortSteps);
    measure("the long history", most);
}
