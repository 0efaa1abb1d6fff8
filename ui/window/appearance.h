// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QObject>

class QAction;
class QMenu;

namespace interleave {

// The one owner of theme and UI scale: applies them to the whole application and offers the actions that change them.
class Appearance : public QObject {
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    static constexpr double smallestScale = 0.7;
    static constexpr double largestScale = 3.0;

    // Names for settings files; an unknown name is System.
    [[nodiscard]] static QString nameOf(Choice choice);
    [[nodiscard]] static Choice choiceNamed(const QString& name);

    explicit Appearance(QObject* parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }
    [[nodiscard]] double scale() const { return m_scale; }
    [[nodiscard]] const Theme& theme() const;
    void addActionsTo(QMenu* menu);

public slots:
    void setChoice(interleave::Appearance::Choice choice);
    void setScale(double scale);

signals:
    void changed();

private:
    void apply();

    Choice m_choice = Choice::System;
    double m_scale = 1;
    bool m_systemIsDark = false;
    QList<QAction*> m_scaleActions;
    QList<QAction*> m_themeActions;
};

} // namespace interleave
