// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QLabel;
class QProgressBar;
class QStatusBar;

namespace interleave {

// One sentence at the foot of the window, and how far a run has come. Not to be seen while there is nothing to say.
class StatusLine : public QObject {
    Q_OBJECT

public:
    explicit StatusLine(QStatusBar* bar);

    [[nodiscard]] QString sentence() const;

public slots:
    void tell(const QString& sentence);
    // Says that something runs; afterwards that it no longer does, unless something else was said meanwhile.
    void setBusy(bool busy);
    // 0 to 1.
    void setProgress(double part);

private:
    QStatusBar* m_bar;
    QLabel* m_message;
    QProgressBar* m_progress;
};

} // namespace interleave
