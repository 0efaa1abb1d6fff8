// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace interleave {

// Below the source: the name of the program, and one sentence if there is something to say.
class CodeFoot : public QWidget {
    Q_OBJECT

public:
    explicit CodeFoot(QWidget* parent = nullptr);

    // Shortened in the middle where there is no room; the path is told on request.
    void setName(const QString& name, const QString& path);
    void setMessage(const QString& sentence, bool isError);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeLook();
    void fitName();

    QLabel* m_nameLabel;
    QLabel* m_icon;
    QLabel* m_message;
    QString m_name;
};

} // namespace interleave
