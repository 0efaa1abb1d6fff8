// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_accessible.h"

#include "controls/painted_accessible.h"
#include "timeline/timeline_view.h"

namespace interleave {

namespace {

// One mark on a track, by its number in what is seen.
class MarkAccessible final : public PaintedAccessible<TimelineView> {
public:
    MarkAccessible(TimelineView* view, int place, int mark) : PaintedAccessible(view), m_place(place), m_mark(mark) {}

    bool isValid() const override
    {
        return m_view && static_cast<std::size_t>(m_mark) < m_view->marks(m_place).marks.size();
    }
    QAccessibleInterface* parent() const override
    {
        QAccessibleInterface* const timeline = PaintedAccessible::parent();
        return timeline ? timeline->child(m_place) : nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_view->markText(m_place, m_mark) : QString();
    }

protected:
    QRect viewRect() const override { return m_view->markRect(m_place, m_mark); }

    void addState(QAccessible::State& state) const override
    {
        state.focused = m_view->hasFocus() && m_view->reachedMark() == TimelineView::MarkPlace{m_place, m_mark};
        state.offscreen = viewRect().isEmpty();
    }

    void press() override { m_view->goToMark(m_place, m_mark); }

private:
    int m_place;
    int m_mark;
};

// One track. Its children are the marks that are seen of it.
class TrackAccessible final : public PaintedAccessible<TimelineView> {
public:
    TrackAccessible(TimelineView* view, int place) : PaintedAccessible(view), m_place(place) {}

    bool isValid() const override { return m_view && m_place < m_view->trackCount(); }
    int childCount() const override { return isValid() ? static_cast<int>(m_view->marks(m_place).marks.size()) : 0; }
    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return m_marks.child(index, [&] { return new MarkAccessible(m_view, m_place, index); });
    }
    QAccessibleInterface* childAt(int x, int y) const override
    {
        if (!rect().contains(x, y))
            return nullptr;
        // The narrowest there: what is small would be hidden by what is long.
        int nearest = -1;
        QRect least;
        for (int i = 0; i < childCount(); ++i) {
            const QRect mark = m_view->markRect(m_place, i);
            if (mark.contains(m_view->mapFromGlobal(QPoint(x, y))) && (nearest < 0 || mark.width() < least.width())) {
                nearest = i;
                least = mark;
            }
        }
        return child(nearest);
    }
    int indexOfChild(const QAccessibleInterface* mark) const override { return m_marks.keyOf(mark, -1); }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        return kind == QAccessible::Name        ? m_view->trackDescription(m_place)
             : kind == QAccessible::Description ? m_view->marksText(m_place)
                                                : QString();
    }

protected:
    QRect viewRect() const override { return m_view->trackRect(m_place); }

    void addState(QAccessible::State& state) const override
    {
        state.selectable = true;
        state.selected = m_view->currentTrack() == m_place;
        state.focused = state.selected && m_view->hasFocus() && !m_view->reachedMark();
    }

    void press() override { m_view->setCurrentTrack(m_place); }

private:
    int m_place;
    mutable AccessibleChildren<int> m_marks;
};

class TimelineAccessible final : public PaintedListAccessible<TimelineView> {
public:
    using PaintedListAccessible::PaintedListAccessible;

    int childCount() const override { return view() ? view()->trackCount() : 0; }

    QAccessibleInterface* focusChild() const override
    {
        if (const auto& reached = view()->reachedMark(); view()->hasFocus() && reached)
            if (QAccessibleInterface* track = child(reached->place))
                return track->child(reached->mark);
        const int place = view()->currentTrack();
        return view()->hasFocus() && place >= 0 ? child(place) : nullptr;
    }

protected:
    QAccessibleInterface* makeChild(int index) const override { return new TrackAccessible(view(), index); }
};

} // namespace

void installTimelineAccessibility()
{
    installAccessible<TimelineView, TimelineAccessible>();
}

} // namespace interleave
