// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback_bar.h"

#include "controls/flat_slider.h"
#include "playback/playback.h"
#include "playback/playback_button.h"
#include "playback/scrubber.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSignalBlocker>

namespace interleave {

PlaybackBar::PlaybackBar(Playback& playback, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_scrubber(new Scrubber(playback)),
      m_stepLabel(new QLabel),
      m_speedSlider(new FlatSlider),
      m_speedLabel(new QLabel)
{
    setAccessibleName(tr("Playback"));
    addActions(playback.actions());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);

    const auto add = [&](QAction* action, PlaybackIcon icon, const QString& name) {
        auto* button = new PlaybackButton(action, icon, this);
        button->setObjectName(name);
        row->addWidget(button);
        return button;
    };
    add(playback.startAction(), PlaybackIcon::Start, QStringLiteral("startButton"));
    add(playback.backAction(), PlaybackIcon::Back, QStringLiteral("backButton"));
    auto* play = add(playback.playAction(), PlaybackIcon::Play, QStringLiteral("playButton"));
    play->setMain(true);
    connect(&playback, &Playback::playingChanged, play,
            [play](bool playing) { play->setIconShown(playing ? PlaybackIcon::Pause : PlaybackIcon::Play); });
    add(playback.forwardAction(), PlaybackIcon::Forward, QStringLiteral("forwardButton"));
    add(playback.endAction(), PlaybackIcon::End, QStringLiteral("endButton"));
    row->addSpacing(6);
    add(playback.previousClobberingAction(), PlaybackIcon::PreviousLost, QStringLiteral("previousClobberingButton"));
    add(playback.nextClobberingAction(), PlaybackIcon::NextLost, QStringLiteral("nextClobberingButton"));
    row->addSpacing(6);

    row->addWidget(m_scrubber, 1);
    m_stepLabel->setObjectName(QStringLiteral("stepLabel"));
    row->addWidget(m_stepLabel);
    row->addSpacing(6);

    m_speedSlider->setObjectName(QStringLiteral("speedSlider"));
    m_speedSlider->setRange(0, speedScale().lastNotch() + 1);
    m_speedSlider->setPageStep(4);
    m_speedSlider->setAccessibleName(tr("Speed"));
    m_speedSlider->setToolTip(tr("Speed: ] is faster, [ is slower; at the right end the whole run takes 10 seconds"));
    m_speedSlider->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_speedLabel->setObjectName(QStringLiteral("speedLabel"));
    m_speedLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_speedLabel->setBuddy(m_speedSlider);
    row->addWidget(m_speedLabel);
    row->addWidget(m_speedSlider);
    for (QLabel* label : {m_stepLabel, m_speedLabel})
        label->setForegroundRole(QPalette::PlaceholderText);

    connect(m_speedSlider, &QSlider::valueChanged, this, [this](int notch) {
        if (m_showing)
            return;
        if (notch > speedScale().lastNotch())
            m_playback.setPlaysWholeRun(true);
        else
            m_playback.setSpeed(speedScale().valueAt(notch));
    });
    connect(&playback, &Playback::historyChanged, this, &PlaybackBar::takeSizes);
    connect(&playback, &Playback::stepChanged, this, &PlaybackBar::showStep);
    connect(&playback, &Playback::speedChanged, this, &PlaybackBar::showSpeed);
    takeSizes();
    showStep();
    showSpeed();
}

const LogScale& PlaybackBar::speedScale()
{
    static const LogScale scale(Playback::slowest, Playback::fastest);
    return scale;
}

QString PlaybackBar::stepText(quint64 step) const
{
    return tr("step %1 of %2").arg(numberText(step), numberText(m_playback.steps()));
}

QString PlaybackBar::speedText(double speed)
{
    if (speed >= 10)
        return tr("%1 steps / s").arg(numberText(static_cast<std::uint64_t>(speed + 0.5)));
    return speed == 1 ? tr("1 step / s") : tr("%1 steps / s").arg(QLocale().toString(speed, 'g', 3));
}

void PlaybackBar::showStep()
{
    const QString text = stepText(m_playback.step());
    m_stepLabel->setText(text);
    const std::uint64_t lost = m_playback.history() ? m_playback.state().lost : 0;
    m_scrubber->setAccessibleDescription(
        lost == 0   ? text
        : lost == 1 ? tr("%1, 1 update lost by then", "step 7 of 12").arg(text)
                    : tr("%1, %2 updates lost by then", "step 7 of 12").arg(text, numberText(lost)));
}

void PlaybackBar::showSpeed()
{
    const QScopedValueRollback showing(m_showing, true);
    const bool whole = m_playback.playsWholeRun();
    m_speedSlider->setValue(whole ? speedScale().lastNotch() + 1 : speedScale().notchOf(m_playback.speed()));
    const QString text = whole ? tr("whole run in 10 s") : speedText(m_playback.speed());
    m_speedLabel->setText(text);
    m_speedSlider->setAccessibleDescription(text);
}

// The texts change while playing, the places of everything beside them must not.
void PlaybackBar::takeSizes()
{
    ensurePolished();
    const QFontMetrics metrics(font());
    QString widest = stepText(m_playback.steps());
    for (QChar& c : widest)
        if (c.isDigit())
            c = QLatin1Char('0');
    m_stepLabel->setMinimumWidth(metrics.horizontalAdvance(widest) + 4);
    m_speedLabel->setMinimumWidth(
        std::max(metrics.horizontalAdvance(tr("whole run in 10 s")), metrics.horizontalAdvance(speedText(1000))) + 4);
}

void PlaybackBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        takeSizes();
}

} // namespace interleave
