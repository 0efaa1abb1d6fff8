// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <cstdint>

namespace interleave {

// A button that is only a word, for what is seldom wanted; with an arrow before it where it unfolds something.
class QuietButton : public QPushButton {
    Q_OBJECT

public:
    enum class Arrow : std::uint8_t { None, Right, Down };

    explicit QuietButton(const QString& text, QWidget* parent = nullptr);

    [[nodiscard]] Arrow arrow() const { return m_arrow; }
    void setArrow(Arrow arrow);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int arrowRoom() const;

    Arrow m_arrow = Arrow::None;
};

} // namespace interleave
