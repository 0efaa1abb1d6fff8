// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;

namespace interleave {

// Leaves the keys that playing goes by (space, arrows, Home, End) to a focused control that uses them itself. Text
// fields and spin boxes ask for their keys; buttons, sliders, tabs and combo boxes do not, so this asks for them.
class PlaybackKeys : public QObject {
    Q_OBJECT

public:
    explicit PlaybackKeys(QObject* parent);

    [[nodiscard]] static bool usesKey(const QWidget* widget, const QKeyEvent& event);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace interleave
