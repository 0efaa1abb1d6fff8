// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/charts_view.h"
#include "narration/narration_bar.h"
#include "parameters/source_panel.h"
#include "timeline/timeline_pane.h"
#include "window/appearance.h"
#include "window/key_focus.h"
#include "window/main_window.h"
#include "window/presenting.h"
#include "window/stage_tab.h"
#include "window/status_line.h"

#include <QMenuBar>
#include <QScreen>
#include <QShowEvent>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolBar>
#include <algorithm>

namespace interleave {

// How the parts of the window share its room, and the window that of the screen.

namespace {

constexpr double leftColumn = 264; // design pixels
constexpr double leastRightColumn = 330;
constexpr double mostRightColumn = 480;
constexpr double rightShare = 0.25;    // of the window
constexpr int leastLeftColumn = 300;   // pixels
constexpr double timelineShare = 0.24; // of the window, at most
constexpr double pairShare = 0.42; // of two, one above the other
// Beyond this scale the window may be narrower than its texts: it has to fit the screen.
constexpr double mostInsistentScale = 1.5;
constexpr QSize frameAllowance{4, 36}; // of the window, pixels

} // namespace

void MainWindow::limitColumns()
{
    m_sources->setMinimumWidth(m_appearance->scale() <= mostInsistentScale ? 0 : leastLeftColumn);
}

// The columns at the sides keep their share of text when text grows.
void MainWindow::scaleColumns()
{
    const double scale = m_appearance->scale();
    const int left = qRound(leftColumn * scale);
    const int right = qRound(std::clamp(rightShare * width() / scale, leastRightColumn, mostRightColumn) * scale);
    limitColumns();
    // Larger text must not make the stage smaller: where the columns would take half of the window, code and ledger go
    // first, and come back when there is room.
    const bool crowded = left + right > width() / 2 && scale > 1;
    if (crowded && !m_right->isHidden() && !m_crowdedOut && !m_presenting) {
        m_crowdedOut = true;
        m_right->hide();
    } else if (!crowded && m_crowdedOut) {
        m_crowdedOut = false;
        m_right->show();
    }
    shapeTimeline();
    m_columns->setSizes({left, std::max(1, m_columns->width() - left - right), right});
}

// Where the stage needs the room, a strip of the timeline is enough.
void MainWindow::shapeTimeline()
{
    m_timeline->setStrip(m_presenting || m_crowdedOut);
}

void MainWindow::shareRows()
{
    const double share = m_timeline->hasKept() ? pairShare : timelineShare;
    const int timeline =
        std::min({m_timeline->sizeHint().height(), qRound(share * height()), m_timeline->maximumHeight()});
    m_rows->setSizes({std::max(1, height() - timeline), timeline});
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (!m_columnsChosen && m_columns->isVisible())
        scaleColumns();
    if (!m_rowsChosen && m_timeline->isVisible())
        shareRows();
}

QSize MainWindow::room() const
{
    return m_room.isEmpty() ? screen()->availableSize() : m_room;
}

QSize MainWindow::roomInFrame() const
{
    return room() - (m_presenting || isFullScreen() ? QSize(0, 0) : frameAllowance);
}

bool MainWindow::fits() const
{
    const QSize most = roomInFrame();
    const QSize least = minimumSizeHint();
    return least.width() <= most.width() && least.height() <= most.height();
}

// What is larger must still fit: nothing is moved off the screen.
void MainWindow::takeScale()
{
    const double wanted = m_appearance->scale();
    scaleColumns();
    if (wanted > m_scale && wanted > 1 && !fits()) {
        m_appearance->setScale(m_scale);
        m_status->tell(tr("Nothing larger fits on this screen."));
        return;
    }
    m_scale = wanted;
    keepOnScreen();
}

void MainWindow::keepOnScreen()
{
    if (!isVisible() || isFullScreen() || isMaximized() || !m_room.isEmpty())
        return;
    const QRect all = screen()->availableGeometry();
    const QSize frame = frameGeometry().size() - size();
    if (frameGeometry().width() > all.width() || frameGeometry().height() > all.height())
        resize(size().boundedTo(all.size() - frame));
    const QRect now = frameGeometry();
    const QPoint corner(std::max(all.left(), std::min(now.left(), all.right() + 1 - now.width())),
                        std::max(all.top(), std::min(now.top(), all.bottom() + 1 - now.height())));
    if (corner != now.topLeft())
        move(corner);
}

// The frame is there only once the window has been shown.
void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    QMetaObject::invokeMethod(this, &MainWindow::keepOnScreen, Qt::QueuedConnection);
}

// The charts speak of many runs, and take the room of what speaks of one.
void MainWindow::takeTab()
{
    const bool charts = m_tabs->currentWidget() == m_charts;
    if (charts) {
        for (QWidget* part : {static_cast<QWidget*>(m_right), static_cast<QWidget*>(m_timeline),
                              static_cast<QWidget*>(m_narration)})
            if (!part->isHidden()) {
                part->hide();
                m_besideCharts.append(part);
            }
    } else {
        for (QWidget* part : std::exchange(m_besideCharts, {}))
            part->show();
    }
    m_keys->goHome();
}

void MainWindow::setPresenting(bool presenting)
{
    if (presenting == (m_presenting != nullptr))
        return;
    if (presenting) {
        m_rowsBefore = m_rows->saveState();
        m_presenting = std::make_unique<Presenting>(
            *this, *m_appearance,
            QList<QWidget*>{menuBar(), m_toolBar, statusBar(), m_tabs->tabBar(), m_sources, m_right});
    }
    m_stage->setHint(presenting ? tr("Esc ends presenting") : QString());
    if (presenting) {
        shapeTimeline();
        shareRows();
    } else {
        m_presenting.reset();
        shapeTimeline();
        m_rows->restoreState(m_rowsBefore);
        if (!m_rowsChosen)
            shareRows();
    }
    m_keys->goHome();
}

} // namespace interleave
