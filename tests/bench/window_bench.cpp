// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window takes from the start of the process to its first picture, on the offscreen platform. Starts itself
// again for every measurement. Goal: 0.5 s.
#include "stage/stage_view.h"
#include "window/main_window.h"

#include <QApplication>
#include <QProcess>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace interleave;

namespace {

constexpr int starts = 9;
constexpr double goalMilliseconds = 500;

qint64 now()
{
    const auto time = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

// Prints the nanoseconds since `begin` when the stage has been painted, and ends the program.
class FirstPicture : public QObject {
public:
    explicit FirstPicture(qint64 begin) : m_begin(begin) {}

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_painted) {
            m_painted = true;
            QTimer::singleShot(0, this, [this] { // after the paint
                std::printf("%lld\n", static_cast<long long>(now() - m_begin));
                std::fflush(stdout);
                std::_Exit(0);
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    qint64 m_begin;
    bool m_painted = false;
};

int showWindow(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    FirstPicture picture(QString::fromLatin1(argv[1]).toLongLong());
    MainWindow window;
    window.findChild<StageView*>()->installEventFilter(&picture);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (argc > 1)
        return showWindow(argc, argv);
    std::vector<double> milliseconds;
    for (int i = 0; i < starts; ++i) {
        QProcess child;
        child.start(QString::fromLocal8Bit(argv[0]), {QString::number(now())});
        if (!child.waitForFinished(60'000)) {
            std::fprintf(stderr, "the window did not appear\n");
            return 1;
        }
        milliseconds.push_back(child.readAllStandardOutput().trimmed().toDouble() / 1e6);
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("window visible after (ms): min %.0f, median %.0f, max %.0f of %d starts; goal %.0f\n",
                milliseconds.front(), milliseconds[starts / 2], milliseconds.back(), starts, goalMilliseconds);
    return 0;
}
