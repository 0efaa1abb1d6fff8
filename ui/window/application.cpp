// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/application.h"

#include "window/main_window.h"

#include <QApplication>
#include <QFontMetrics>
#include <QIcon>
#include <QStyleFactory>
#include <cstdio>

namespace interleave {

namespace {

// Without a display Qt would end the program with a message about its plugins.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariable("DISPLAY").isEmpty()
           || !qEnvironmentVariable("WAYLAND_DISPLAY").isEmpty();
}

} // namespace

int runWindow(int& argc, char** argv)
{
    if (!hasDisplay()) {
        const QString sentence = QCoreApplication::translate(
            "interleave::Application", "interleave: there is no display for the window; interleave run works without one.");
        std::fprintf(stderr, "%s\n", sentence.toLocal8Bit().constData());
        return 1;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("interleave"));
    QApplication::setApplicationDisplayName(QStringLiteral("Interleave"));
    QApplication::setApplicationVersion(QStringLiteral(INTERLEAVE_VERSION));
    QApplication::setOrganizationName(QStringLiteral("Interleave"));
    QApplication::setDesktopFileName(QStringLiteral("org.interleave.Interleave"));
    // One look everywhere: the theme paints on Fusion and on nothing else.
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    MainWindow window;
    window.show();
    return QApplication::exec();
}

} // namespace interleave
