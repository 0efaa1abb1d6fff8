// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentences/narration.h"

#include <QWidget>

namespace interleave {

class Playback;

// The text broken into at most so many lines; what does not fit is left
// away by whole words, and marked.
[[nodiscard]] QString textInLines(const QString& text, const QFont& font, double width, int lines);

// Tells the current step in one large sentence, with what follows from it underneath.
class NarrationBar : public QWidget {
    Q_OBJECT

public:
    explicit NarrationBar(Playback& playback, QWidget* parent = nullptr);

    [[nodiscard]] const Narration& narration() const { return m_narration; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    [[nodiscard]] double unit() const;
    [[nodiscard]] QFont headlineFont() const;
    [[nodiscard]] QFont detailFont() const;

    Playback& m_playback;
    Narration m_narration;
};

} // namespace interleave
