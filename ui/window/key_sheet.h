// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QMenuBar;

namespace interleave {

// All keys on one sheet, read from the menus themselves, so that none is missing and none is wrong.
class KeySheet : public QDialog {
    Q_OBJECT

public:
    explicit KeySheet(const QMenuBar& menus, QWidget* parent = nullptr);
};

} // namespace interleave
