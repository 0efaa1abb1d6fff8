// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

// What a widget paints and screen readers should see as parts of it, though there is no widget behind each part.
namespace interleave {

// Every View made from now on is told of by an Accessible. May be called any number of times: Qt keeps one of each.
template <typename View, typename Accessible>
void installAccessible()
{
    QAccessible::installFactory([](const QString&, QObject* object) -> QAccessibleInterface* {
        auto* view = qobject_cast<View*>(object);
        return view ? new Accessible(view) : nullptr;
    });
}

// The parts that were asked for so far. They go when this goes.
template <typename Key>
class AccessibleChildren {
public:
    AccessibleChildren() = default;
    Q_DISABLE_COPY_MOVE(AccessibleChildren)
    ~AccessibleChildren() { clear(); }

    // Made when it is asked for the first time.
    template <typename Make>
    QAccessibleInterface* child(const Key& key, Make make)
    {
        const auto known = m_ids.constFind(key);
        if (known != m_ids.constEnd())
            return QAccessible::accessibleInterface(*known);
        QAccessibleInterface* const made = make();
        m_ids.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    [[nodiscard]] Key keyOf(const QAccessibleInterface* child, const Key& ifNone) const
    {
        for (auto it = m_ids.constBegin(); it != m_ids.constEnd(); ++it)
            if (QAccessible::accessibleInterface(it.value()) == child)
                return it.key();
        return ifNone;
    }

    void clear()
    {
        for (const QAccessible::Id id : std::as_const(m_ids))
            QAccessible::deleteAccessibleInterface(id);
        m_ids.clear();
    }

private:
    QHash<Key, QAccessible::Id> m_ids;
};

// One part of a View, an item of its list. It can be pressed, and has no parts of its own unless a class says so.
template <typename View>
class PaintedAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    explicit PaintedAccessible(View* view) : m_view(view) {}

    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_view.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect part = viewRect();
        return {m_view->mapToGlobal(part.topLeft()), part.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.invisible = !m_view->isVisible();
        addState(state);
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
            press();
    }

protected:
    // These are asked for only while it is valid.
    virtual QRect viewRect() const = 0; // in the view's coordinates
    virtual void addState(QAccessible::State& state) const = 0;
    virtual void press() = 0;

    QPointer<View> m_view;
};

// A View as a list of its parts, numbered from 0.
template <typename View>
class PaintedListAccessible : public QAccessibleWidget {
public:
    explicit PaintedListAccessible(View* view) : QAccessibleWidget(view, QAccessible::List) {}

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return m_children.child(index, [&] { return makeChild(index); });
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (QAccessibleInterface* part = child(i); part->rect().contains(x, y))
                return part;
        return nullptr;
    }

    int indexOfChild(const QAccessibleInterface* part) const override { return m_children.keyOf(part, -1); }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Description ? view()->description() : QAccessibleWidget::text(kind);
    }

protected:
    [[nodiscard]] View* view() const { return qobject_cast<View*>(object()); }
    virtual QAccessibleInterface* makeChild(int index) const = 0;

private:
    mutable AccessibleChildren<int> m_children;
};

} // namespace interleave
