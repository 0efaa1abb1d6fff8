// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QAbstractButton>

namespace interleave {

// Picks a thread: its letter in its colour, and the instruction that it would execute next; or, where it cannot be
// picked, why not.
class PickButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit PickButton(ThreadIndex thread, QWidget* parent = nullptr);

    [[nodiscard]] ThreadIndex thread() const { return m_thread; }
    // The thread can be picked, and executes this.
    void offer(const QString& instruction);
    // It cannot: why, in a few words.
    void refuse(const QString& reason, bool finished);
    // The one that was picked last.
    void setLatest(bool latest);
    // The thread that all looks have selected.
    void setSelected(bool selected);
    // Instruction or reason.
    [[nodiscard]] const QString& line() const { return m_line; }
    // Where that stands, and the font in which all of it fits there.
    [[nodiscard]] QRectF lineBox() const;
    [[nodiscard]] QFont lineFont() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF markBox() const;

    ThreadIndex m_thread;
    QString m_line;
    bool m_finished = false;
    bool m_latest = false;
    bool m_selected = false;
};

} // namespace interleave
