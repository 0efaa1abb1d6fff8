// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_accessible.h"

#include "stage/card_stage.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace interleave {

namespace {

// The card of one thread. There is no widget behind it, only the stage.
class CardAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    CardAccessible(CardStage* stage, ThreadIndex thread) : m_stage(stage), m_thread(thread) {}

    bool isValid() const override { return m_stage && m_stage->hasHistory() && m_thread < m_stage->threads(); }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return isValid() ? m_stage->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_stage.data()); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_stage->cardDescription(m_thread) : QString();
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect card = m_stage->cardRect(m_thread);
        return {m_stage->mapToGlobal(card.topLeft()), card.size()};
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
        state.selected = m_stage->selectedThread() == m_thread;
        state.focused = state.selected && m_stage->hasFocus();
        state.invisible = !m_stage->isVisible();
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
            m_stage->selectThread(m_thread);
    }

private:
    QPointer<CardStage> m_stage;
    ThreadIndex m_thread;
};

class StageAccessible final : public QAccessibleWidget {
public:
    explicit StageAccessible(CardStage* stage) : QAccessibleWidget(stage, QAccessible::List) {}
    ~StageAccessible() override
    {
        for (const QAccessible::Id id : std::as_const(m_cards))
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        return stage() && stage()->hasHistory() ? static_cast<int>(stage()->threads()) : 0;
    }

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto found = m_cards.constFind(index);
        if (found != m_cards.constEnd())
            return QAccessible::accessibleInterface(*found);
        auto* card = new CardAccessible(stage(), static_cast<ThreadIndex>(index));
        m_cards.insert(index, QAccessible::registerAccessibleInterface(card));
        return card;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (QAccessibleInterface* card = child(i); card->rect().contains(x, y))
                return card;
        }
        return nullptr;
    }

    int indexOfChild(const QAccessibleInterface* card) const override
    {
        for (auto it = m_cards.constBegin(); it != m_cards.constEnd(); ++it) {
            if (QAccessible::accessibleInterface(it.value()) == card)
                return it.key();
        }
        return -1;
    }

    QAccessibleInterface* focusChild() const override
    {
        const auto thread = stage()->selectedThread();
        return stage()->hasFocus() && thread ? child(static_cast<int>(*thread)) : nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Description ? stage()->description() : QAccessibleWidget::text(kind);
    }

private:
    [[nodiscard]] CardStage* stage() const { return qobject_cast<CardStage*>(object()); }

    mutable QHash<int, QAccessible::Id> m_cards;
};

QAccessibleInterface* stageFactory(const QString&, QObject* object)
{
    auto* stage = qobject_cast<CardStage*>(object);
    return stage ? new StageAccessible(stage) : nullptr;
}

} // namespace

void installStageAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(stageFactory);
        return true;
    }();
    (void)installed;
}

} // namespace interleave
