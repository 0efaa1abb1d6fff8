// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_accessible.h"

#include "timeline/timeline_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace interleave {

namespace {

// One track. There is no widget behind it, only the timeline.
class TrackAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    TrackAccessible(TimelineView* view, int place) : m_view(view), m_place(place) {}

    bool isValid() const override { return m_view && m_place < m_view->trackCount(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_view->trackDescription(m_place) : QString();
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect track = m_view->trackRect(m_place);
        return {m_view->mapToGlobal(track.topLeft()), track.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.selectable = true;
        state.focusable = true;
        state.selected = m_view->currentTrack() == m_place;
        state.focused = state.selected && m_view->hasFocus();
        state.invisible = !m_view->isVisible();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& name) override
    {
        if (isValid() && name == pressAction())
            m_view->setCurrentTrack(m_place);
    }

private:
    QPointer<TimelineView> m_view;
    int m_place;
};

class TimelineAccessible final : public QAccessibleWidget {
public:
    explicit TimelineAccessible(TimelineView* view) : QAccessibleWidget(view, QAccessible::List) {}
    ~TimelineAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_tracks))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return view() ? view()->trackCount() : 0; }

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto found = m_tracks.constFind(index);
        if (found != m_tracks.constEnd())
            return QAccessible::accessibleInterface(*found);
        auto* track = new TrackAccessible(view(), index);
        m_tracks.insert(index, QAccessible::registerAccessibleInterface(track));
        return track;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (QAccessibleInterface* track = child(i); track->rect().contains(x, y))
                return track;
        }
        return nullptr;
    }

    int indexOfChild(const QAccessibleInterface* track) const override
    {
        for (auto it = m_tracks.constBegin(); it != m_tracks.constEnd(); ++it) {
            if (QAccessible::accessibleInterface(it.value()) == track)
                return it.key();
        }
        return -1;
    }

    QAccessibleInterface* focusChild() const override
    {
        const int place = view()->currentTrack();
        return view()->hasFocus() && place >= 0 ? child(place) : nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Description ? view()->description() : QAccessibleWidget::text(kind);
    }

private:
    [[nodiscard]] TimelineView* view() const { return qobject_cast<TimelineView*>(object()); }

    mutable QHash<int, QAccessible::Id> m_tracks;
};

QAccessibleInterface* timelineFactory(const QString&, QObject* object)
{
    auto* view = qobject_cast<TimelineView*>(object);
    return view ? new TimelineAccessible(view) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(timelineFactory);
        return true;
    }();
    (void)installed;
}

} // namespace interleave
