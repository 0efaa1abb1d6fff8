// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QLabel;

namespace interleave {

// Which version this is, what it is for, and under which licence.
class AboutPage : public QScrollArea {
    Q_OBJECT

public:
    explicit AboutPage(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeSizes();

    QLabel* m_text;
};

} // namespace interleave
