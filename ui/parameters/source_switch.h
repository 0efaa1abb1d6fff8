// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>

class QButtonGroup;

namespace interleave {

// Where runs come from: real threads, or the virtual machine.
enum class Source : std::uint8_t { Hardware, Machine };

// Two pills, one of them down.
class SourceSwitch : public QWidget {
    Q_OBJECT

public:
    explicit SourceSwitch(QWidget* parent = nullptr);

    [[nodiscard]] Source source() const;
    void setSource(Source source);

signals:
    void sourceChanged(interleave::Source source);

private:
    QButtonGroup* m_pills;
};

} // namespace interleave
