// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "code/face_text.h"
#include "code/source_marks.h"

#include <QPlainTextEdit>
#include <QTextBlock>

namespace interleave {

class SourceGutter;
class SourceHighlighter;
struct Theme;

// Source text with a gutter: breakpoints, line numbers, and the threads that stand at a line. Only what is in sight is
// painted, so that ten thousand lines cost what one screen does.
class SourceView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit SourceView(QWidget* parent = nullptr);

    // Replaces everything, and forgets marks and error.
    void setSource(const FaceText& face, ProgramFace language);
    void setEditable(bool editable);
    // Font and colours after those of a widget; to be called when they change. Its children hear of that after it.
    void takeLookOf(const QWidget& widget);
    [[nodiscard]] const Theme& theme() const { return *m_theme; }
    [[nodiscard]] QColor ground() const;
    // Device-independent pixels per design pixel.
    [[nodiscard]] double unit() const { return m_unit; }
    [[nodiscard]] QString source() const;
    [[nodiscard]] const std::vector<FaceRow>& rows() const { return m_rows; }
    // The number that a row has in its gutter; 0: none.
    [[nodiscard]] std::uint32_t numberOf(int row) const;

    void setMarks(SourceMarks marks);
    [[nodiscard]] const SourceMarks& marks() const { return m_marks; }
    // Threads that the run has; decides how much room the chips get.
    void setThreads(ThreadIndex threads);
    void setBreakpoints(std::vector<int> rows); // rising
    [[nodiscard]] const std::vector<int>& breakpoints() const { return m_breakpoints; }
    // Underlines the word at a column; a negative row takes the line away.
    void showError(int row, qsizetype column, qsizetype length);
    [[nodiscard]] int errorRow() const { return m_errorRow; }

    // Scrolls only if the row is out of sight, and then so that there is something to see on both sides.
    void bringIntoSight(int row);
    [[nodiscard]] int currentRow() const { return textCursor().blockNumber(); }
    void goTo(int row, qsizetype column);

    // What a row says besides its text: "just executed by A; B runs here; breakpoint".
    [[nodiscard]] QString wordsOf(int row) const;
    // All rows that say something.
    [[nodiscard]] QString allWords() const;

    [[nodiscard]] SourceGutter& gutter() { return *m_gutter; }
    // The rectangle of a row in viewport coordinates, as wide as the viewport; none if it is out of sight.
    [[nodiscard]] QRectF rowRect(int row) const;
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int firstRowInSight() const { return firstVisibleBlock().blockNumber(); }
    // The band behind a row: strong for the one that was executed, pale where a thread runs; invalid for none.
    [[nodiscard]] QColor bandOf(int row) const;

    // The mark of an error. It is not red: red means lost.
    static void drawWarning(QPainter& painter, const QRectF& box, const Theme& theme);

signals:
    void threadChosen(interleave::ThreadIndex thread);
    void breakpointAsked(int row);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    void takeColours();
    void placeGutter();
    void repaintAll();
    void describe();

    SourceGutter* m_gutter;
    SourceHighlighter* m_highlighter;
    std::vector<FaceRow> m_rows; // empty while editable: every row is a line
    SourceMarks m_marks;
    std::vector<int> m_breakpoints;
    int m_errorRow = -1;
    const Theme* m_theme;
    double m_unit = 1;
    bool m_editable = false;
};

} // namespace interleave
