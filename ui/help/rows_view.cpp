// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/rows_view.h"

#include "help/help_rows.h"
#include "help/key_cap.h"
#include "style/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// Design pixels.
constexpr double sideMargin = 14;
constexpr double rowMargin = 9;
constexpr double headingAbove = 16;
constexpr double gap = 12;
constexpr double titlePixels = 16;
constexpr double headingPixels = 14;
constexpr double besideFrom = 760; // width from which a picture stands beside its text
constexpr double leastWordWidth = 150;

QFont sized(QFont font, double pixels, bool bold)
{
    font.setPixelSize(qRound(pixels));
    font.setBold(bold);
    return font;
}

double heightOf(const QString& text, const QFont& font, double width)
{
    const QRectF room(0, 0, std::max(1.0, width), 100'000);
    return std::ceil(QFontMetricsF(font).boundingRect(room, Qt::TextWordWrap, text).height());
}

// Where the parts of one row stand, from its top left corner.
struct Places {
    QRectF title;
    QRectF text;
    QRectF picture;
    std::vector<QRectF> keys;
    double height = 0;
};

class RowPainter {
public:
    RowPainter(const QWidget& view, double width)
        : m_theme(Theme::of(&view)),
          m_unit(unitOf(&view)),
          m_width(width),
          m_font(view.font())
    {
        m_title = sized(m_font, titlePixels * m_unit, true);
        m_heading = sized(m_font, headingPixels * m_unit, true);
        m_text = sized(m_font, normalTextPixels * m_unit, false);
    }

    [[nodiscard]] double headingHeight() const
    {
        return std::ceil(QFontMetricsF(m_heading).height() + (headingAbove + rowMargin) * m_unit);
    }

    [[nodiscard]] Places placesOf(const HelpRow& row) const { return row.keys.isEmpty() ? ofWord(row) : ofKeys(row); }

    void paintHeading(QPainter& painter, const QRectF& in, const QString& title) const
    {
        const double side = sideMargin * m_unit;
        painter.setFont(m_heading);
        painter.setPen(m_theme.accent);
        painter.drawText(in.adjusted(side, headingAbove * m_unit, -side, 0), Qt::AlignLeft | Qt::AlignTop, title);
        painter.setPen(QPen(m_theme.line, 1));
        painter.drawLine(QPointF(in.left() + side, in.bottom() - 2), QPointF(in.right() - side, in.bottom() - 2));
    }

    void paintRow(QPainter& painter, const QRectF& in, const HelpRow& row, bool current, bool focused) const
    {
        painter.setRenderHint(QPainter::Antialiasing);
        if (current) {
            painter.setPen(focused ? QPen(m_theme.accent, 2 * m_unit) : QPen(Qt::NoPen));
            painter.setBrush(m_theme.selectionOn(m_theme.card));
            const double inset = m_unit;
            painter.drawRoundedRect(in.adjusted(3 * inset, inset, -3 * inset, -inset), 6 * m_unit, 6 * m_unit);
        }
        const Places places = placesOf(row);
        painter.translate(in.topLeft());
        painter.setPen(m_theme.ink);
        painter.setFont(row.keys.isEmpty() ? m_title : m_text);
        painter.drawText(places.title, Qt::TextWordWrap | Qt::AlignVCenter, row.title);
        painter.setFont(m_text);
        painter.drawText(places.text, Qt::TextWordWrap, row.text);
        for (std::size_t i = 0; i < places.keys.size(); ++i)
            paintKeyCap(painter, places.keys[i], row.keys[static_cast<qsizetype>(i)], m_text, m_theme);
        painter.setFont(m_font);
        paintPicture(painter, places.picture, row.picture, m_theme);
        painter.translate(-in.topLeft());
    }

private:
    [[nodiscard]] Places ofWord(const HelpRow& row) const
    {
        Places places;
        const double side = sideMargin * m_unit;
        const double inner = m_width - 2 * side;
        QSizeF picture = sizeOf(row.picture) * m_unit;
        if (picture.width() > inner)
            picture *= inner / picture.width();
        const bool beside = !picture.isEmpty() && m_width >= besideFrom * m_unit;
        const double width = beside ? inner - picture.width() - 2 * gap * m_unit : inner;
        double y = rowMargin * m_unit;
        places.title = QRectF(side, y, width, heightOf(row.title, m_title, width));
        y = places.title.bottom() + 2 * m_unit;
        places.text = QRectF(side, y, width, heightOf(row.text, m_text, width));
        y = places.text.bottom();
        if (beside) {
            places.picture = QRectF(QPointF(m_width - side - picture.width(), places.title.top()), picture);
            y = std::max(y, places.picture.bottom());
        } else if (!picture.isEmpty()) {
            places.picture = QRectF(QPointF(side, y + gap * m_unit), picture);
            y = places.picture.bottom();
        }
        places.height = std::ceil(y + rowMargin * m_unit);
        return places;
    }

    // The keys stand at the right, one after the other, and go on in the next line where they are too many.
    [[nodiscard]] Places ofKeys(const HelpRow& row) const
    {
        Places places;
        const double side = sideMargin * m_unit;
        const double most = std::max(leastWordWidth * m_unit, (m_width - 2 * side) * 0.62);
        double x = 0;
        double y = rowMargin * m_unit * 0.6;
        const double space = 6 * m_unit;
        double widest = 0;
        for (const QString& key : row.keys) {
            const QSizeF size = sizeOfKeyCap(key, m_text);
            if (x > 0 && x + size.width() > most) {
                x = 0;
                y += size.height() + space;
            }
            places.keys.emplace_back(QPointF(x, y), size);
            x += size.width() + space;
            widest = std::max(widest, x - space);
        }
        for (QRectF& key : places.keys)
            key.translate(m_width - side - widest, 0);
        const double width = std::max(1.0, m_width - 2 * side - widest - gap * m_unit);
        const double bottom = places.keys.back().bottom();
        const double top = rowMargin * m_unit * 0.6;
        places.title = QRectF(side, top, width, std::max(bottom - top, heightOf(row.title, m_text, width)));
        places.height = std::ceil(places.title.bottom() + rowMargin * m_unit * 0.6);
        return places;
    }

    const Theme& m_theme;
    double m_unit;
    double m_width;
    QFont m_font;
    QFont m_title;
    QFont m_heading;
    QFont m_text;
};

class RowDelegate : public QStyledItemDelegate {
public:
    RowDelegate(const RowsView& view, const HelpRowModel& rows, QObject* parent)
        : QStyledItemDelegate(parent),
          m_view(view),
          m_rows(rows)
    {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const int width = m_view.viewport()->width();
        const RowPainter painter(m_view, width);
        const HelpRow* row = m_rows.rowAt(index);
        return {width, static_cast<int>(row ? painter.placesOf(*row).height : painter.headingHeight())};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        const RowPainter rows(m_view, option.rect.width());
        if (const HelpRow* row = m_rows.rowAt(index))
            rows.paintRow(*painter, option.rect, *row, index == m_view.currentIndex(), m_view.hasFocus());
        else
            rows.paintHeading(*painter, option.rect, index.data().toString());
        painter->restore();
    }

private:
    const RowsView& m_view;
    const HelpRowModel& m_rows;
};

} // namespace

RowsView::RowsView(HelpRowModel& rows, QWidget* parent) : QListView(parent)
{
    setModel(&rows);
    setItemDelegate(new RowDelegate(*this, rows, this));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // so that rows do not change their width
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setResizeMode(Adjust);
}

void RowsView::goTo(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    // With the heading above the first row of a group.
    const bool first = index.row() > 0 && !index.siblingAtRow(index.row() - 1).flags().testFlag(Qt::ItemIsEnabled);
    scrollTo(first ? index.siblingAtRow(index.row() - 1) : index, PositionAtTop);
}

void RowsView::keyPressEvent(QKeyEvent* event)
{
    const QString text = event->text();
    const bool command = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!command && !text.isEmpty() && text.front().isPrint()) {
        emit typed(text);
        return;
    }
    QListView::keyPressEvent(event);
}

void RowsView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout();
}

void RowsView::changeEvent(QEvent* event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange)
        scheduleDelayedItemsLayout();
}

} // namespace interleave
