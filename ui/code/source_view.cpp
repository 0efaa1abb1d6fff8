// SPDX-License-Identifier: GPL-3.0-or-later
#include "code/source_view.h"

#include "code/source_gutter.h"
#include "code/source_highlighter.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double textSize = 12; // design pixels; 34 characters fit beside the gutter in the narrowest window
constexpr double rowSpacing = 4;

// Lines with some air between them. The plain layout knows no line height.
class AiryLayout : public QPlainTextDocumentLayout {
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    void setSpacing(double spacing) { m_spacing = spacing; }
    [[nodiscard]] double spacing() const { return m_spacing; }
    [[nodiscard]] QRectF blockBoundingRect(const QTextBlock& block) const override
    {
        QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
        if (rect.height() > 0)
            rect.setHeight(rect.height() + m_spacing);
        return rect;
    }

private:
    double m_spacing = rowSpacing;
};

double spacingOf(const QPlainTextEdit& edit)
{
    return static_cast<const AiryLayout*>(edit.document()->documentLayout())->spacing();
}

} // namespace

SourceView::SourceView(QWidget* parent) : QPlainTextEdit(parent), m_theme(&Theme::light())
{
    auto* text = new QTextDocument(this);
    text->setDocumentLayout(new AiryLayout(text));
    setDocument(text);
    m_gutter = new SourceGutter(this);
    m_highlighter = new SourceHighlighter(text);
    m_highlighter->setRowIsLine([this](int row) { return numberOf(row) > 0; });
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true);
    setCornerWidget(new QWidget); // the style's own has a frame
    setEditable(false);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0 || rect.contains(viewport()->rect()))
            m_gutter->update();
        else
            m_gutter->update(0, rect.y() - qCeil(spacingOf(*this)), m_gutter->width(),
                             rect.height() + 2 * qCeil(spacingOf(*this)));
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, &SourceView::placeGutter);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &SourceView::repaintAll);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, [this] { viewport()->update(); });
}

void SourceView::setSource(const FaceText& face, ProgramFace language)
{
    m_rows = face.rows;
    m_marks = {};
    m_breakpoints.clear();
    m_errorRow = -1;
    setExtraSelections({});
    m_highlighter->setLanguage(language);
    setPlainText(face.text);
    placeGutter();
    describe();
}

void SourceView::setEditable(bool editable)
{
    m_editable = editable;
    setReadOnly(!editable);
    setTextInteractionFlags(editable ? Qt::TextEditorInteraction
                                     : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

QString SourceView::source() const
{
    // toPlainText() would make blanks of no-break spaces.
    QString text = document()->toRawText();
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    return text;
}

std::uint32_t SourceView::numberOf(int row) const
{
    if (m_editable)
        return static_cast<std::uint32_t>(row) + 1;
    const auto index = static_cast<std::size_t>(row);
    return index < m_rows.size() ? m_rows[index].line : 0;
}

void SourceView::setMarks(SourceMarks marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    describe();
    repaintAll();
}

void SourceView::setThreads(ThreadIndex threads)
{
    m_gutter->setThreads(threads);
    placeGutter();
}

void SourceView::setBreakpoints(std::vector<int> rows)
{
    if (rows == m_breakpoints)
        return;
    m_breakpoints = std::move(rows);
    describe();
    repaintAll();
}

void SourceView::showError(int row, qsizetype column, qsizetype length)
{
    m_errorRow = row;
    QList<QTextEdit::ExtraSelection> selections;
    const QTextBlock block = document()->findBlockByNumber(row);
    if (row >= 0 && block.isValid()) {
        QTextEdit::ExtraSelection selection;
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(m_theme->accent);
        selection.cursor = QTextCursor(block);
        const auto last = static_cast<qsizetype>(block.length()) - 1;
        // A line without anything at that place is underlined as a whole.
        const qsizetype from = column < last ? column : 0;
        const qsizetype to = column < last ? std::min(column + std::max(length, qsizetype{1}), last) : last;
        selection.cursor.setPosition(block.position() + static_cast<int>(from));
        selection.cursor.setPosition(block.position() + static_cast<int>(to), QTextCursor::KeepAnchor);
        selections.append(selection);
    }
    setExtraSelections(selections);
    describe();
    repaintAll();
}

void SourceView::bringIntoSight(int row)
{
    if (row < 0 || row >= blockCount())
        return;
    const QRectF rect = rowRect(row);
    // With the next one, where a thread goes on mostly.
    const double below = row + 1 < blockCount() ? rect.height() : 0;
    if (rect.isValid() && rect.top() + 1 >= 0 && rect.bottom() + below <= viewport()->height())
        return;
    const double height = blockBoundingRect(document()->findBlockByNumber(row)).height();
    const int inSight = std::max(1, static_cast<int>(viewport()->height() / std::max(height, 1.0)));
    verticalScrollBar()->setValue(row - inSight / 3);
}

void SourceView::goTo(int row, qsizetype column)
{
    const QTextBlock block = document()->findBlockByNumber(row);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + static_cast<int>(std::clamp<qsizetype>(column, 0, block.length() - 1)));
    setTextCursor(cursor);
    bringIntoSight(row);
}

QString SourceView::wordsOf(int row) const
{
    QStringList words;
    if (row == m_marks.executed && m_marks.acting != noThread)
        words.append(tr("just executed by %1").arg(threadText(m_marks.acting)));
    for (const SourceMarks::Chip& chip : m_marks.at(row)) {
        const QString thread = threadText(chip.thread);
        switch (chip.phase) {
        case ThreadPhase::Running: words.append(tr("%1 is here, running").arg(thread)); break;
        case ThreadPhase::Blocked: words.append(tr("%1 is here, blocked").arg(thread)); break;
        default: words.append(tr("%1 is here, ready").arg(thread)); break;
        }
    }
    if (std::binary_search(m_breakpoints.begin(), m_breakpoints.end(), row))
        words.append(tr("breakpoint"));
    if (row == m_errorRow)
        words.append(tr("error"));
    return words.join(tr(", ", "between two remarks"));
}

QString SourceView::allWords() const
{
    std::vector<int> marked = m_breakpoints;
    for (const SourceMarks::Chip& chip : m_marks.chips)
        marked.push_back(chip.row);
    for (const int row : {m_marks.executed, m_errorRow})
        if (row >= 0)
            marked.push_back(row);
    std::sort(marked.begin(), marked.end());
    marked.erase(std::unique(marked.begin(), marked.end()), marked.end());
    // More would not be listened to.
    constexpr std::size_t most = 40;
    QStringList sentences;
    for (std::size_t i = 0; i < std::min(marked.size(), most); ++i) {
        const QString text = document()->findBlockByNumber(marked[i]).text().trimmed();
        sentences.append(numberOf(marked[i]) > 0
                             ? tr("line %1, %2: %3").arg(numberOf(marked[i])).arg(text, wordsOf(marked[i]))
                             : tr("%1: %2").arg(text, wordsOf(marked[i])));
    }
    return sentences.join(tr("; ", "between two lines"));
}

QRectF SourceView::rowRect(int row) const
{
    const QTextBlock block = document()->findBlockByNumber(row);
    if (!block.isValid() || row < firstVisibleBlock().blockNumber())
        return {};
    const double up = spacingOf(*this) / 2;
    const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
    if (rect.top() - up > viewport()->height())
        return {};
    // On whole pixels: text and gutter are painted apart, and what goes through both has to meet.
    const double top = std::round(rect.top() - up);
    return {0, top, static_cast<double>(viewport()->width()), std::round(rect.bottom() - up) - top};
}

int SourceView::rowAt(int y) const
{
    const double up = spacingOf(*this) / 2;
    QTextBlock block = firstVisibleBlock();
    double bottom = blockBoundingGeometry(block).translated(contentOffset()).top() - up;
    while (block.isValid()) {
        bottom += blockBoundingRect(block).height();
        if (y < bottom)
            return block.blockNumber();
        if (bottom > viewport()->height())
            break;
        block = block.next();
    }
    return -1;
}

QColor SourceView::bandOf(int row) const
{
    const Theme& theme = *m_theme;
    if (row == m_marks.executed && m_marks.acting != noThread)
        return theme.rowTint(theme.thread(m_marks.acting));
    for (const SourceMarks::Chip& chip : m_marks.at(row))
        if (chip.phase == ThreadPhase::Running)
            return theme.tinted(theme.thread(chip.thread), theme.dark ? 0.13 : 0.09);
    return {};
}

bool SourceView::event(QEvent* event)
{
    // A text that is only read leaves the keys of playing to the playback; it scrolls by the vertical ones.
    if (event->type() == QEvent::ShortcutOverride && !m_editable) {
        const auto* key = static_cast<QKeyEvent*>(event);
        constexpr int own[] = {Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown};
        if (!key->matches(QKeySequence::Copy) && !key->matches(QKeySequence::SelectAll)
            && std::find(std::begin(own), std::end(own), key->key()) == std::end(own)) {
            event->ignore();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void SourceView::paintEvent(QPaintEvent* event)
{
    const Theme& theme = *m_theme;
    const double u = m_unit;
    {
        QPainter painter(viewport());
        // Not left to the palette of the viewport, which under a style sheet does not inherit.
        painter.fillRect(event->rect(), ground());
        const int selected = m_marks.selected ? m_marks.rowOf(*m_marks.selected) : -1;
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const int row = block.blockNumber();
            const QRectF rect = rowRect(row);
            if (!rect.isValid())
                break;
            if (const QColor band = bandOf(row); band.isValid())
                painter.fillRect(rect, band);
            else if (hasFocus() && row == currentRow())
                painter.fillRect(rect, theme.tinted(theme.line, 0.45));
            if (row == selected) {
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setPen(QPen(theme.accent, 2 * u));
                painter.drawRoundedRect(rect.adjusted(-12 * u, u, -u, -u), 4 * u, 4 * u);
            }
        }
    }
    QPlainTextEdit::paintEvent(event);
}

void SourceView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

bool SourceView::canInsertFromMimeData(const QMimeData* source) const
{
    // Files are opened, by whoever is around this.
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void SourceView::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    repaintAll();
}

void SourceView::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    repaintAll();
}

QSize SourceView::minimumSizeHint() const
{
    const double row = fontMetrics().lineSpacing() + rowSpacing * m_unit;
    return {static_cast<int>(180 * m_unit), static_cast<int>(4 * row)};
}

void SourceView::takeLookOf(const QWidget& widget)
{
    m_theme = &Theme::of(&widget);
    m_unit = unitOf(&widget);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setStyleHint(QFont::Monospace);
    mono.setPixelSize(qRound(textSize * m_unit));
    setFont(mono);
    takeColours();
    static_cast<AiryLayout*>(document()->documentLayout())->setSpacing(std::round(rowSpacing * m_unit));
    document()->setDocumentMargin(std::round(3 * m_unit));
    setCursorWidth(std::max(1, qRound(1.5 * m_unit)));
    setTabStopDistance(8 * fontMetrics().horizontalAdvance(u' '));
    m_highlighter->setTheme(*m_theme);
    placeGutter();
    repaintAll();
}

QColor SourceView::ground() const
{
    return m_editable ? m_theme->card : m_theme->panel;
}

void SourceView::takeColours()
{
    QPalette colours = m_theme->palette();
    colours.setColor(QPalette::Base, ground());
    setPalette(colours);
}

void SourceView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    // When a style sheet changes, it gives back the palette that was there before it.
    const bool stale = palette().color(QPalette::Base) != ground() || palette().color(QPalette::Text) != m_theme->ink;
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) && stale)
        takeColours();
}

void SourceView::placeGutter()
{
    const int width = m_gutter->widthWanted();
    if (viewportMargins().left() != width)
        setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), width, viewport()->height());
}

void SourceView::repaintAll()
{
    viewport()->update();
    m_gutter->update();
}

void SourceView::drawWarning(QPainter& painter, const QRectF& box, const Theme& theme)
{
    QPainterPath triangle;
    triangle.moveTo(box.center().x(), box.top());
    triangle.lineTo(box.bottomRight());
    triangle.lineTo(box.bottomLeft());
    triangle.closeSubpath();
    painter.setPen(QPen(theme.accent, box.width() * 0.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(theme.accent);
    painter.drawPath(triangle);
    painter.setPen(QPen(theme.onAccent, box.width() * 0.13, Qt::SolidLine, Qt::RoundCap));
    const double x = box.center().x();
    painter.drawLine(QPointF(x, box.top() + box.height() * 0.38), QPointF(x, box.top() + box.height() * 0.62));
    painter.drawPoint(QPointF(x, box.top() + box.height() * 0.84));
}

void SourceView::describe()
{
    const QString words = allWords();
    setAccessibleDescription(words.isEmpty() ? tr("No thread stands here, and there is no breakpoint.") : words);
}

} // namespace interleave
