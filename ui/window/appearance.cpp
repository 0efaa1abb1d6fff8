// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/appearance.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QMetaEnum>
#include <QToolTip>
#include <QWidget>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double scaleStep = 1.1;

}

Appearance::Appearance(QObject* parent) : QObject(parent)
{
    // Qt 6.4 has no colour scheme to ask for; the palette the platform came with tells.
    m_systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;

    const auto addScale = [this](const QString& text, const QList<QKeySequence>& keys, auto&& newScale) {
        auto* action = new QAction(text, this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, [this, newScale] { setScale(newScale(m_scale)); });
        m_scaleActions.append(action);
    };
    addScale(tr("&Larger"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
             [](double scale) { return scale * scaleStep; });
    addScale(tr("&Smaller"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)}, [](double scale) { return scale / scaleStep; });
    addScale(tr("&Normal size"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, [](double) { return 1.0; });

    auto* group = new QActionGroup(this);
    const std::pair<Choice, QString> choices[] = {{Choice::System, tr("&As the system")},
                                                  {Choice::Light, tr("Li&ght")},
                                                  {Choice::Dark, tr("&Dark")}};
    for (const auto& [choice, text] : choices) {
        auto* action = group->addAction(text);
        action->setCheckable(true);
        action->setChecked(choice == m_choice);
        connect(action, &QAction::triggered, this, [this, picked = choice] { setChoice(picked); });
        m_themeActions.append(action);
    }
    apply();
}

QString Appearance::nameOf(Choice choice)
{
    return QLatin1String(QMetaEnum::fromType<Choice>().valueToKey(static_cast<int>(choice)));
}

Appearance::Choice Appearance::choiceNamed(const QString& name)
{
    bool known = false;
    const int value = QMetaEnum::fromType<Choice>().keyToValue(name.toLatin1().constData(), &known);
    return known ? static_cast<Choice>(value) : Choice::System;
}

const Theme& Appearance::theme() const
{
    const bool dark = m_choice == Choice::Dark || (m_choice == Choice::System && m_systemIsDark);
    return dark ? Theme::darkTheme() : Theme::light();
}

void Appearance::addActionsTo(QMenu* menu)
{
    menu->addActions(m_themeActions);
    menu->addSeparator();
    menu->addActions(m_scaleActions);
}

void Appearance::setChoice(Choice choice)
{
    m_themeActions[static_cast<int>(choice)]->setChecked(true);
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Appearance::setScale(double scale)
{
    scale = std::clamp(scale, smallestScale, largestScale);
    if (std::abs(scale - 1) < 0.03)
        scale = 1;
    if (std::abs(scale - m_scale) < 0.001)
        return;
    m_scale = scale;
    apply();
}

void Appearance::apply()
{
    QFont font = QApplication::font();
    font.setPixelSize(qRound(normalTextPixels * m_scale));
    QApplication::setFont(font);
    QApplication::setPalette(theme().palette());
    QToolTip::setPalette(theme().palette());
    QToolTip::setFont(font);
    qApp->setStyleSheet(theme().styleSheet(m_scale));
    // Setting a style sheet gives every widget back the palette and font that it had before the sheet, after its parent
    // has chosen new ones for it. So all of them choose once more.
    for (QWidget* widget : QApplication::allWidgets()) {
        QEvent again(QEvent::PaletteChange);
        QCoreApplication::sendEvent(widget, &again);
    }
    emit changed();
}

} // namespace interleave
