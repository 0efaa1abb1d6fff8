// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sentences/narration.h"

#include <QWidget>
#include <array>

class QAction;

namespace interleave {

class LinkButton;
class Playback;

// The text broken into at most so many lines; what does not fit is left
// away by whole words, and marked.
[[nodiscard]] QString textInLines(const QString& text, const QFont& font, double width, int lines);

// Tells the current step in one large sentence, with what follows from it underneath, and at its right end the ways to
// the steps that belong to it.
class NarrationBar : public QWidget {
    Q_OBJECT

public:
    explicit NarrationBar(Playback& playback, QWidget* parent = nullptr);

    [[nodiscard]] const Narration& narration() const { return m_narration; }
    // With keys that work in the whole window. The first takes the first link, the other the one back from a destroying
    // store to the store of the update that is lost there.
    [[nodiscard]] QAction* followAction() const { return m_follow; }
    [[nodiscard]] QAction* followBackAction() const { return m_followBack; }
    // The sentences, to the clipboard.
    [[nodiscard]] QAction* copyAction() const { return m_copy; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void createActions();
    void goTo(const NarrationLink* link);
    void placeLinks();
    [[nodiscard]] double linksWidth() const;
    [[nodiscard]] double unit() const;
    [[nodiscard]] QFont headlineFont() const;
    [[nodiscard]] QFont detailFont() const;

    Playback& m_playback;
    Narration m_narration;
    std::array<LinkButton*, 2> m_links{}; // as many as there are kinds
    QAction* m_follow = nullptr;
    QAction* m_followBack = nullptr;
    QAction* m_copy = nullptr;
};

} // namespace interleave
