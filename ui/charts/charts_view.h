// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/chart_content.h"
#include "export/picture.h"

#include <QWidget>
#include <array>
#include <vector>

class QAction;
class QButtonGroup;
class QGridLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace interleave {

class ChartCanvas;
class ExportActions;

// The charts of a results table: one large, or all where there is room. The table may be set again after every run.
class ChartsView : public QWidget {
    Q_OBJECT

public:
    explicit ChartsView(QWidget* parent = nullptr);
    ~ChartsView() override;

    void setTable(const ResultsTable& table);
    [[nodiscard]] const ResultsTable& table() const { return m_table; }

    // While trials run the button cancels them, and the text says how far they are.
    void setRunning(bool running);
    void setProgressText(const QString& text);

    void showChart(ChartKind kind);
    void showAll();
    // The charts on screen: one, or all. Of all, as many as are readable at the present size are really shown.
    [[nodiscard]] std::vector<ChartKind> shownCharts() const;

    // What is shown, as a picture of the size it has on screen.
    [[nodiscard]] Picture picture() const;
    // The same actions as in the context menu, for the File menu and a shortcut.
    [[nodiscard]] ExportActions& exportActions() const { return *m_export; }

signals:
    void runTrialsRequested();
    void cancelRequested();
    // A sentence on how an export went; it is shown below the charts as well.
    void exportDone(const QString& sentence);
    void exportFailed(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* createHeader();
    QWidget* createEmptyState();
    QWidget* createCanvases();
    void refreshSoon();
    void refresh();
    void arrange(const std::vector<ChartKind>& shown);
    [[nodiscard]] ChartCanvas* canvasOf(ChartKind kind) const { return m_canvases[static_cast<std::size_t>(kind)]; }
    void openMenu(const QPoint& at);
    void showMessage(const QString& sentence, bool failed);
    void styleTexts();

    static constexpr std::array kinds = {ChartKind::Lost, ChartKind::Final, ChartKind::Cost};

    ResultsTable m_table;
    ChartKind m_kind = ChartKind::Lost;
    bool m_all = false;
    bool m_running = false;
    bool m_messageIsFailure = false;
    ExportActions* m_export;
    QTimer* m_refresh;
    QButtonGroup* m_choice = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_runFirst = nullptr;
    QPushButton* m_exportButton = nullptr;
    QLabel* m_progress = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    QLabel* m_message = nullptr;
    QStackedWidget* m_pages = nullptr;
    QGridLayout* m_grid = nullptr;
    std::array<ChartCanvas*, kinds.size()> m_canvases{};
};

} // namespace interleave
