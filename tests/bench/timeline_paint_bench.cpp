// SPDX-License-Identifier: GPL-3.0-or-later
// How much processor time the timeline takes to paint 1920 x 400 pixels of 8 busy tracks, at 100 random zooms and
// positions of a long and of a short history; to paint again when only the playhead has moved; to play on by a frame,
// and to turn over to the next page while playing; and to light a lock that the threads of another history share.
// Goals: 95 of 100 in 4 ms, all in 16 ms, the median of the long history at most twice that of the short one.
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
#include <chrono>
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

constexpr const char* racing = ".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                               "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";
constexpr double racingLoop = 6; // instructions
constexpr const char* locking =
    ".var count\n.var mutex\n.top\nlock mutex\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
    "unlock mutex\nsub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";
constexpr double lockingLoop = 12; // with the switches that waiting takes

// Eight threads on one core share a counter for about `steps` steps in all.
std::shared_ptr<const MachineHistory> counterRun(double steps, const char* source, double loop)
{
    constexpr ThreadIndex threads = 8;
    const auto program = assemble(source, {1000, MachineSettings::memoryCells, true});
    MachineSettings settings;
    settings.threads = threads;
    settings.quantum = 50;
    settings.maxSteps = static_cast<std::uint64_t>(steps);
    settings.registers = {{{Register::Bx, Integer(static_cast<std::int64_t>(steps / loop / threads))}}};
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

// A timeline with its own clock, painted once so that fonts and the minimap are there.
struct Bench {
    explicit Bench(const std::shared_ptr<const History>& history)
    {
        view.setPalette(Theme::light().palette());
        view.resize(1920, 400);
        static_cast<QWidget&>(view).show(); // what is hidden is laid out anew for every picture
        view.builder().setStepsAtOnce(UINT64_MAX);
        playback.setHistory(history);
        milliseconds(view, image);
    }

    std::chrono::nanoseconds now{0};
    Playback playback{nullptr, [this] { return now; }};
    Selection selection;
    TimelineView view{playback, selection};
    QImage image{QSize(1920, 400), QImage::Format_ARGB32_Premultiplied};
};

void measureViews(const char* name, Bench& bench, bool locks)
{
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    const double whole = bench.view.visible().end;
    std::vector<double> times;
    std::vector<double> moves;
    std::vector<double> lit;
    for (int i = 0; i < views; ++i) {
        const double length = 1920 * std::exp2(unit(random) * std::log2(whole / 1920));
        const double from = unit(random) * (whole - length);
        bench.view.showTimes(from, from + length);
        times.push_back(milliseconds(bench.view, bench.image));
        moves.push_back(milliseconds(bench.view, bench.image));
        if (locks) {
            bench.view.chooseLock(0);
            lit.push_back(milliseconds(bench.view, bench.image));
            bench.view.chooseLock(std::nullopt);
        }
    }
    tell(name, times);
    tell("  the playhead moves", moves);
    if (locks)
        tell("  a lock is lit", lit);
}

// Plays the whole run in its 10 s, of which a 50th is seen.
void measurePlaying(Bench& bench)
{
    constexpr double pages = 50;
    constexpr std::chrono::milliseconds frame{16};
    bench.playback.toStart();
    bench.view.showTimes(0, static_cast<double>(bench.view.index()->end()) / pages);
    milliseconds(bench.view, bench.image);
    bench.playback.setPlaysWholeRun(true);
    bench.playback.play();
    std::vector<double> frames;
    std::vector<double> turned;
    while (bench.playback.isPlaying()) {
        const double begin = bench.view.visible().begin;
        bench.now += frame;
        bench.playback.advance();
        const double time = milliseconds(bench.view, bench.image);
        (bench.view.visible().begin == begin ? frames : turned).push_back(time);
    }
    tell("  a frame while it plays", frames);
    tell("  a page is turned", turned);
}

void measure(const char* name, double steps)
{
    {
        Bench bench(counterRun(steps, racing, racingLoop));
        measureViews(name, bench, false);
        measurePlaying(bench);
    }
    Bench bench(counterRun(steps, locking, lockingLoop));
    measureViews("  with a lock", bench, true);
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
