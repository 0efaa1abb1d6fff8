// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>

namespace interleave {

// How much of what was expected is there, and how much is lost.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    explicit ShareBar(QWidget* parent = nullptr);

    // Nothing is known where nothing was expected.
    void setShares(std::uint64_t lost, std::uint64_t expected);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_lost = 0;
    bool m_known = false;
};

} // namespace interleave
