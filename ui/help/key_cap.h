// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QKeySequence>

class QPainter;

namespace interleave {

struct Theme;

// The picture of a key. `font` is the one that the text is written in.
[[nodiscard]] QSizeF sizeOfKeyCap(const QString& text, const QFont& font);
void paintKeyCap(QPainter& painter, const QRectF& rect, const QString& text, const QFont& font, const Theme& theme);

// A key that is named, and that a click presses.
class KeyCap : public QAbstractButton {
    Q_OBJECT

public:
    // `what`: what the key does, for who does not see the words beside it.
    KeyCap(const QKeySequence& key, const QString& what, QWidget* parent = nullptr);

    [[nodiscard]] const QKeySequence& key() const { return m_key; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QKeySequence m_key;
};

} // namespace interleave
