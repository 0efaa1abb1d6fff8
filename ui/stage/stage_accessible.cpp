// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_accessible.h"

#include "controls/painted_accessible.h"
#include "stage/card_stage.h"

namespace interleave {

namespace {

// The card of one thread.
class CardAccessible final : public PaintedAccessible<CardStage> {
public:
    CardAccessible(CardStage* stage, ThreadIndex thread) : PaintedAccessible(stage), m_thread(thread) {}

    bool isValid() const override { return m_view && m_view->hasHistory() && m_thread < m_view->threads(); }

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_view->cardDescription(m_thread) : QString();
    }

protected:
    QRect viewRect() const override { return m_view->cardRect(m_thread); }

    void addState(QAccessible::State& state) const override
    {
        state.selectable = true;
        state.selected = m_view->selectedThread() == m_thread;
        state.focused = state.selected && m_view->hasFocus();
    }

    void press() override { m_view->selectThread(m_thread); }

private:
    ThreadIndex m_thread;
};

class StageAccessible final : public PaintedListAccessible<CardStage> {
public:
    using PaintedListAccessible::PaintedListAccessible;

    int childCount() const override { return view() && view()->hasHistory() ? static_cast<int>(view()->threads()) : 0; }

    QAccessibleInterface* focusChild() const override
    {
        const auto thread = view()->selectedThread();
        return view()->hasFocus() && thread ? child(static_cast<int>(*thread)) : nullptr;
    }

protected:
    QAccessibleInterface* makeChild(int index) const override
    {
        return new CardAccessible(view(), static_cast<ThreadIndex>(index));
    }
};

} // namespace

void installStageAccessibility()
{
    installAccessible<CardStage, StageAccessible>();
}

} // namespace interleave
