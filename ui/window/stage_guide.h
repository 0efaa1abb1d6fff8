// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace interleave {

class Playback;
class StageTab;

// Says on the stage itself what to do next, where somebody who has never seen it would not know: at the start and at the
// end of the run that the window opens on, and where there is nothing to replay.
class StageGuide : public QObject {
    Q_OBJECT

public:
    StageGuide(Playback& playback, StageTab& stage, QObject* parent);

    // The run on display is the one that the window opens on.
    void setOpening(bool opening);
    // Why there is nothing on the stage, and what to do about it; none if empty.
    void setNotice(const QString& notice);

private:
    void follow();

    Playback& m_playback;
    StageTab& m_stage;
    QString m_notice;
    bool m_opening = false;
};

} // namespace interleave
