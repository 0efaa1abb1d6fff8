// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/stage_guide.h"

#include "playback/playback.h"
#include "window/stage_tab.h"

namespace interleave {

StageGuide::StageGuide(Playback& playback, StageTab& stage, QObject* parent)
    : QObject(parent), m_playback(playback), m_stage(stage)
{
    connect(&playback, &Playback::historyChanged, this, &StageGuide::follow);
    connect(&playback, &Playback::stepChanged, this, &StageGuide::follow);
    connect(&playback, &Playback::playingChanged, this, &StageGuide::follow);
}

void StageGuide::setOpening(bool opening)
{
    m_opening = opening;
    follow();
}

void StageGuide::setNotice(const QString& notice)
{
    m_notice = notice;
    follow();
}

void StageGuide::follow()
{
    if (!m_notice.isEmpty())
        m_stage.invite(m_notice, {});
    else if (!m_opening || m_playback.steps() == 0 || m_playback.isPlaying())
        m_stage.dismiss();
    else if (m_playback.step() == 0)
        m_stage.invite(tr("Press Space"), {});
    else if (m_playback.step() == m_playback.steps())
        m_stage.invite(tr("Now the same with real threads: 10,000,000 is expected. See what you get."),
                       tr("Run 50 threads × 200,000"));
    else
        m_stage.dismiss();
}

} // namespace interleave
