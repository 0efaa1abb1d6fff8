// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/presenting.h"

#include "window/appearance.h"

namespace interleave {

Presenting::Presenting(QWidget& window, Appearance& appearance, const QList<QWidget*>& hidden)
    : m_window(window),
      m_appearance(appearance),
      m_geometry(window.saveGeometry()),
      m_state(window.windowState()),
      m_scale(appearance.scale())
{
    for (QWidget* widget : hidden)
        if (!widget->isHidden()) {
            m_hidden.append(widget);
            widget->hide();
        }
    window.setWindowState(window.windowState() | Qt::WindowFullScreen);
    m_appearance.setScale(m_scale * scale);
}

Presenting::~Presenting()
{
    m_appearance.setScale(m_scale);
    for (const auto& widget : m_hidden)
        if (widget)
            widget->show();
    m_window.setWindowState(m_state & ~(Qt::WindowFullScreen | Qt::WindowMinimized));
    if (!(m_state & Qt::WindowMaximized))
        m_window.restoreGeometry(m_geometry);
}

} // namespace interleave
