// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/first_steps.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::FirstSteps)
};

} // namespace

std::vector<FirstStep> firstSteps()
{
    const auto key = [](QKeyCombination combination) { return QKeySequence(combination); };
    return {
        {Texts::tr("See one update get lost"),
         Texts::tr(
             "The window opens on two threads that each add 1 to g_num, once. Press Space: it plays about one step "
             "a second, and stops where an update is lost."),
         {{{key(Qt::Key_Space)}, Texts::tr("plays, and pauses")}},
         HelpPicture::OneLostUpdate},
        {Texts::tr("Go through it at your own pace"),
         Texts::tr(
             "Each step is one thing that one thread did, and the sentence under the stage tells it. Going back is "
             "as good as going forward."),
         {{{key(Qt::Key_Left), key(Qt::Key_Right)}, Texts::tr("one step back, one step forward")},
          {{key(Qt::Key_Home), key(Qt::Key_End)}, Texts::tr("to the start, to the end")},
          {{key(Qt::Key_BracketLeft), key(Qt::Key_BracketRight)}, Texts::tr("play slower, play faster")}}},
        {Texts::tr("Go on to the note's program"),
         Texts::tr("At the end of the run a button goes on to 50 threads with 200,000 updates each, on the real cores "
                   "of this computer. 10,000,000 is expected; see what you get."),
         {{{key(Qt::CTRL | Qt::Key_G)}, Texts::tr("goes on to it, as the button does")},
          {{key(Qt::Key_Return)}, Texts::tr("runs what is set on the left")}}},
        {Texts::tr("From loss to loss"),
         Texts::tr(
             "N stops at every clobbering store: it replaces a value that its load had not seen. The ledger on the "
             "right has every update: it survived, or it was lost, and to whom."),
         {{{key(Qt::Key_P), key(Qt::Key_N)}, Texts::tr("to the clobbering store before, to the next one")},
          {{key(Qt::Key_J)}, Texts::tr("from an update that will be lost to its loss, and back")}},
         HelpPicture::ClobberingStore},
        {Texts::tr("See the whole run at once"),
         Texts::tr(
             "The timeline below shows who ran when. A red cross is a lost update, a triangle a context switch; a "
             "click on it takes every look to that moment."),
         {{{key(Qt::Key_W), key(Qt::Key_S)}, Texts::tr("zoom in, zoom out")},
          {{key(Qt::Key_A), key(Qt::Key_D)}, Texts::tr("move to earlier, move to later")},
          {{key(Qt::Key_C)}, Texts::tr("a track for each thread, core or lock")}},
         HelpPicture::TimelineParts},
        {Texts::tr("Put a lock around it"),
         Texts::tr("Choose mutex on the left and run again: nothing is lost, but threads wait. Trials run every way to "
                   "synchronise several times, and the charts compare what each loses and costs."),
         {{{key(Qt::CTRL | Qt::Key_T)}, Texts::tr("runs trials for the charts")},
          {{key(Qt::CTRL | Qt::Key_1), key(Qt::CTRL | Qt::Key_2)}, Texts::tr("shows the stage, shows the charts")}},
         HelpPicture::CriticalSection},
        {Texts::tr("Look inside the machine"),
         Texts::tr("On the machine a program runs one instruction at a time, with registers, stacks, a scheduler and "
                   "context switches to be seen. Choose a program on the left, such as a deadlock, and run it."),
         {{{key(Qt::CTRL | Qt::Key_M)}, Texts::tr("to the machine, and back to real threads")}},
         HelpPicture::SavedRegister},
        {Texts::tr("Show it to a class"),
         Texts::tr("Presenting fills the screen with the stage and the sentence. Page Up and Page Down, the keys of a "
                   "presenter's remote, step back and forward."),
         {{{key(Qt::Key_F5)}, Texts::tr("presents; Esc brings the window back")},
          {{key(Qt::CTRL | Qt::Key_Plus), key(Qt::CTRL | Qt::Key_Minus), key(Qt::CTRL | Qt::Key_0)},
           Texts::tr("larger, smaller, as it was")},
          {{key(Qt::Key_F1)}, Texts::tr("all keys")}}},
    };
}

} // namespace interleave
