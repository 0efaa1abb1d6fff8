// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual/goal_card.h"

#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>
#include <cmath>
#include <numbers>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Goals)
};

constexpr int glowMilliseconds = 900;
constexpr double margin = 10;
constexpr double markSide = 26;

QString counterOf(const Goal& goal)
{
    const std::string_view name = builtInProgram(goal.program).counter;
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QPainterPath star(QPointF centre, double radius)
{
    QPainterPath path;
    for (int corner = 0; corner < 10; ++corner) {
        const double angle = std::numbers::pi * (corner / 5.0 - 0.5);
        const double reach = corner % 2 == 0 ? radius : radius * 0.45;
        const QPointF point = centre + reach * QPointF(std::cos(angle), std::sin(angle));
        corner == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

} // namespace

QString titleOf(const Goal& goal)
{
    switch (goal.kind) {
    case Goal::Kind::FinalValue: return Texts::tr("End at %1").arg(numberText(goal.number));
    case Goal::Kind::LosesUpdates:
        return goal.number == 1 ? Texts::tr("Lose exactly one update")
                                : Texts::tr("Lose exactly %1 updates").arg(numberText(goal.number));
    case Goal::Kind::LosesNothing: return Texts::tr("Lose nothing");
    case Goal::Kind::Deadlock: return Texts::tr("Make it deadlock");
    case Goal::Kind::Finishes: return Texts::tr("Finish without a deadlock");
    case Goal::Kind::BothInside: return Texts::tr("Break the flag lock");
    }
    return {};
}

QString sentenceOf(const Goal& goal)
{
    const QString threads = threadsText(goal.threads);
    const QString each = goal.iterations == 1 ? Texts::tr("once each")
                                              : Texts::tr("%1 times each").arg(numberText(goal.iterations));
    const QString adds = Texts::tr("%1 add 1 to %2, %3.", "3 threads, counter, twice each")
                             .arg(threads, counterOf(goal), each);
    switch (goal.kind) {
    case Goal::Kind::FinalValue:
        return Texts::tr("%1 Bring it to %2 at the end: there is no smaller value.").arg(adds, numberText(goal.number));
    case Goal::Kind::LosesUpdates:
        return Texts::tr("%1 Let %2 be lost, no more and no less.")
            .arg(adds, goal.number == 1 ? Texts::tr("1 update") : Texts::tr("%1 updates").arg(numberText(goal.number)));
    case Goal::Kind::LosesNothing: return Texts::tr("%1 Let every update survive, though nothing is locked.").arg(adds);
    case Goal::Kind::Deadlock:
        return goal.program == BuiltIn::DiningPhilosophers
                 ? Texts::tr("%1 share as many forks. Let each wait for a neighbour's.").arg(threads)
                 : Texts::tr("%1 take two locks in opposite orders. Let each wait for the other.").arg(threads);
    case Goal::Kind::Finishes:
        return Texts::tr("%1 take two locks in opposite orders. Bring both to their end.").arg(threads);
    case Goal::Kind::BothInside:
        return Texts::tr("%1 look at a flag, then set it. Get both inside at once, so that an update is lost.")
            .arg(threads);
    }
    return {};
}

GoalCard::GoalCard(QWidget* parent) : QWidget(parent), m_headline(new QLabel), m_text(new QLabel)
{
    setObjectName(QStringLiteral("goalCard"));
    setAccessibleName(tr("Goal"));
    m_headline->setObjectName(QStringLiteral("goalState"));
    m_headline->setWordWrap(true);
    m_text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2);
    column->addWidget(m_headline);
    column->addWidget(m_text);
    m_glow.setDuration(glowMilliseconds);
    m_glow.setStartValue(1.0);
    m_glow.setEndValue(0.0);
    m_glow.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glow, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    takeSizes();
}

void GoalCard::setGoal(const Goal& goal, GoalState state, std::uint64_t picks)
{
    const bool justSolved = state == GoalState::Solved && m_state != GoalState::Solved;
    m_state = state;
    switch (state) {
    case GoalState::NotYet: m_headline->setText(tr("Open")); break;
    case GoalState::Solved:
        m_headline->setText(picks == 1 ? tr("Solved with 1 pick") : tr("Solved with %1 picks").arg(numberText(picks)));
        break;
    case GoalState::Failed: m_headline->setText(tr("Missed: undo, or restart")); break;
    }
    m_text->setText(sentenceOf(goal));
    setAccessibleDescription(
        tr("%1: %2. %3", "goal, state, sentence").arg(titleOf(goal), m_headline->text(), m_text->text()));
    m_glow.stop();
    if (justSolved)
        m_glow.start();
    update();
}

QString GoalCard::text() const
{
    return m_headline->text() + QLatin1Char(' ') + m_text->text();
}

void GoalCard::takeSizes()
{
    const double unit = unitOf(this);
    const auto edge = static_cast<int>(margin * unit);
    layout()->setContentsMargins(edge + static_cast<int>((markSide + margin) * unit), edge, edge, edge);
    QFont bold = font();
    bold.setBold(true);
    m_headline->setFont(bold);
}

void GoalCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = unitOf(this);
    const bool solved = m_state == GoalState::Solved;
    const double glow = m_glow.state() == QAbstractAnimation::Running ? m_glow.currentValue().toDouble() : 0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF shape = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(solved ? theme.accent : theme.line, solved ? 2 * unit : 1));
    painter.setBrush(solved ? theme.tinted(theme.accent, 0.12 + 0.35 * glow) : theme.card);
    painter.drawRoundedRect(shape, 6 * unit, 6 * unit);

    const double radius = markSide * unit / 2;
    const QPointF centre(shape.left() + margin * unit + radius, m_headline->geometry().center().y() + 1);
    const QPen pen(solved ? theme.accent : theme.softInk, 2 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    if (solved) {
        painter.setBrush(theme.accent);
        painter.drawPath(star(centre, radius * (0.92 + 0.2 * glow)));
        return;
    }
    painter.setBrush(Qt::NoBrush);
    const double ring = radius * 0.7;
    painter.drawEllipse(centre, ring, ring);
    if (m_state == GoalState::Failed) // a no-entry sign without its red: red means lost
        painter.drawLine(centre - QPointF(ring * 0.5, 0), centre + QPointF(ring * 0.5, 0));
}

void GoalCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        takeSizes();
    update();
}

} // namespace interleave
