// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace interleave {

class CardStage;

// A few large words laid over a stage that say what to do next, with a button if there is something to press. It stands
// where the stage has room and goes along with it. The mouse reaches the stage through the words.
class StageInvitation : public QWidget {
    Q_OBJECT

public:
    // Lies over the stage, hidden.
    explicit StageInvitation(CardStage& stage);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QPushButton* button() const { return m_button; }
    // An empty text of the button: there is none.
    void setText(const QString& text);
    void setButton(const QString& text);

    // Shows it where the stage has room, or takes it away.
    void invite();
    void dismiss();
    // Into the middle of this part of the stage: as large as is good to read, smaller where that would not fit.
    void placeIn(const QRect& room);

    // Pixels of the words.
    [[nodiscard]] double textPixels() const { return m_pixels; }

signals:
    void pressed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void placeInRoom();
    void fit(double pixels);
    [[nodiscard]] QFont fontAt(double pixels) const;
    [[nodiscard]] QStringList linesAt(double pixels, int count) const;
    [[nodiscard]] QSize sizeFor(const QStringList& lines, double pixels) const;

    CardStage& m_stage;
    QString m_text;
    QStringList m_lines; // as they are shown
    QPushButton* m_button;
    double m_pixels = 22;
    bool m_fitting = false;
};

} // namespace interleave
