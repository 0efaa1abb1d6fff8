// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPointer>
#include <QWidget>

namespace interleave {

class Appearance;

// For as long as it lives a window fills the screen, larger than before, and only what is to be presented is seen; then
// everything is as it was.
class Presenting {
public:
    // As much larger as the screen allows, at most.
    static constexpr double scale = 1.35;

    // `hidden`: what is not presented.
    Presenting(QWidget& window, Appearance& appearance, const QList<QWidget*>& hidden);
    ~Presenting();
    Presenting(const Presenting&) = delete;
    Presenting& operator=(const Presenting&) = delete;

    // Of the window as it was, and will be again.
    [[nodiscard]] const QByteArray& geometryBefore() const { return m_geometry; }
    [[nodiscard]] double scaleBefore() const { return m_scale; }

private:
    QWidget& m_window;
    Appearance& m_appearance;
    QByteArray m_geometry;
    Qt::WindowStates m_state;
    double m_scale;
    QList<QPointer<QWidget>> m_hidden; // that were to be seen
};

} // namespace interleave
