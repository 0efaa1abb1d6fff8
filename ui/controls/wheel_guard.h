// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace interleave {

// The wheel scrolls; it never changes the value of what happens to be under the pointer. A control that would take it
// passes it on to whatever scrolls around it, and gets no focus by it either. As long as it lives, in all windows.
class WheelGuard : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace interleave
