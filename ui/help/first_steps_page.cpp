// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/first_steps_page.h"

#include "help/first_steps.h"
#include "help/key_cap.h"
#include "help/picture_view.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace interleave {

FirstStepsPage::FirstStepsPage(QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("First steps"));
    auto* steps = new QWidget;
    auto* column = new QVBoxLayout(steps);
    int number = 0;
    for (const FirstStep& step : firstSteps())
        column->addWidget(newStep(++number, step));
    column->addStretch(1);
    setWidget(steps);
    takeSizes();
}

QWidget* FirstStepsPage::newStep(int number, const FirstStep& step)
{
    auto* card = new QWidget;
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    auto* place = new QLabel(QString::number(number));
    auto* title = new QLabel(step.title);
    title->setWordWrap(true);
    head->addWidget(place, 0, Qt::AlignTop);
    head->addWidget(title, 1);
    m_numbers.push_back(place);
    m_titles.push_back(title);
    column->addLayout(head);
    auto* text = new QLabel(step.text);
    text->setWordWrap(true);
    column->addWidget(text);
    for (const StepKeys& keys : step.keys) {
        auto* row = new QHBoxLayout;
        for (const QKeySequence& key : keys.keys) {
            auto* cap = new KeyCap(key, keys.what);
            connect(cap, &KeyCap::clicked, this, [this, key] { emit keyAsked(key); });
            row->addWidget(cap);
        }
        auto* what = new QLabel(keys.what);
        what->setWordWrap(true);
        row->addWidget(what, 1);
        column->addLayout(row);
    }
    if (step.picture != HelpPicture::None)
        column->addWidget(new PictureView(step.picture));
    return card;
}

void FirstStepsPage::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QScrollArea::keyPressEvent(event); return;
    default: event->ignore();
    }
}

void FirstStepsPage::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange)
        takeSizes();
}

void FirstStepsPage::takeSizes()
{
    if (!widget())
        return;
    const double unit = unitOf(this);
    const int margin = qRound(20 * unit);
    widget()->layout()->setContentsMargins(margin, margin, margin, margin);
    widget()->layout()->setSpacing(qRound(28 * unit));
    QFont large = font();
    large.setPixelSize(qRound(17 * unit));
    large.setBold(true);
    QPalette accented = palette();
    accented.setColor(QPalette::WindowText, Theme::of(this).accent);
    for (QLabel* title : m_titles)
        title->setFont(large);
    for (QLabel* number : m_numbers) {
        number->setFont(large);
        number->setPalette(accented);
    }
}

} // namespace interleave
