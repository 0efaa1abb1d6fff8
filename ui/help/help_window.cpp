// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/help_window.h"

#include "help/about_page.h"
#include "help/first_steps_page.h"
#include "help/key_names.h"
#include "help/keys_page.h"
#include "help/words_page.h"
#include "style/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QScreen>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

// Design pixels.
constexpr double wantedWidth = 480;
constexpr double wantedHeight = 720;

} // namespace

HelpWindow::HelpWindow(const QMenuBar& menus, QWidget* parent)
    : QDialog(parent),
      m_menus(&menus),
      m_pages(new QTabWidget(this)),
      m_words(new WordsPage),
      m_keys(new KeysPage(menus)),
      m_said(new QLabel(this))
{
    setWindowTitle(tr("Help"));
    auto* firstSteps = new FirstStepsPage;
    m_pages->setDocumentMode(true);
    m_pages->setAccessibleName(tr("Pages of the help"));
    m_pages->addTab(firstSteps, tr("&First steps"));
    m_pages->addTab(m_words, tr("&Words"));
    m_pages->addTab(m_keys, tr("&Keys"));
    m_pages->addTab(new AboutPage, tr("&About"));
    m_said->setWordWrap(true);
    m_said->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    column->addWidget(m_said);
    connect(firstSteps, &FirstStepsPage::keyAsked, this, &HelpWindow::press);
    connect(m_pages, &QTabWidget::currentChanged, this, [this] {
        m_said->hide();
        // Whoever goes through the tabs by keys stays there.
        if (!m_pages->tabBar()->hasFocus())
            m_pages->currentWidget()->setFocus();
    });
    takeSizes();
}

HelpWindow::Page HelpWindow::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void HelpWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_said->hide();
    if (!isVisible())
        place();
    show();
    raise();
    activateWindow();
    m_pages->currentWidget()->setFocus();
}

void HelpWindow::showWord(const QString& word)
{
    showPage(Page::Words);
    m_words->goTo(word);
}

// Beside the main window where there is room, else over its right side, where the stage is not. Always on the screen.
void HelpWindow::place()
{
    const QWidget* const main = parentWidget();
    const QRect room = (main ? main->screen() : screen())->availableGeometry();
    const double unit = unitOf(this);
    if (m_placedAt == unit && room.contains(frameGeometry()))
        return;
    m_placedAt = unit;
    const QRect beside = main ? main->frameGeometry() : room;
    // What the frame of the window takes; the main window has the same.
    const QSize frame = main ? main->frameGeometry().size() - main->size() : QSize();
    const QSize size = QSizeF(wantedWidth * unit, wantedHeight * unit).toSize().boundedTo(room.size() - frame);
    resize(size);
    const int width = size.width() + frame.width();
    const int rightmost = room.right() + 1 - width;
    const int lowest = room.bottom() + 1 - size.height() - frame.height();
    int left = rightmost;
    if (beside.right() < rightmost)
        left = beside.right() + 1;
    else if (beside.left() - width >= room.left())
        left = beside.left() - width;
    const auto within = [](int wanted, int least, int most) { return std::max(least, std::min(wanted, most)); };
    move(within(left, room.left(), rightmost), within(beside.top(), room.top(), lowest));
}

bool HelpWindow::press(const QKeySequence& key)
{
    QAction* const action = m_menus ? actionOfKey(*m_menus, key) : nullptr;
    if (!action)
        return false;
    m_said->setVisible(!action->isEnabled());
    if (action->isEnabled())
        action->trigger();
    else
        m_said->setText(
            tr("%1 is not possible at this moment.", "an action of a menu").arg(withoutMnemonic(action->text())));
    return true;
}

void HelpWindow::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool closes = key == Qt::Key_Escape;
    const bool modifier = key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta;
    // Where there is a field to type into, only keys that cannot be meant for it go to the main window.
    const bool command = (event->modifiers() & Qt::ControlModifier) || (key >= Qt::Key_F1 && key <= Qt::Key_F35);
    if (!closes && !modifier && (page() == Page::FirstSteps || command)) {
        const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
        const auto with = [key](Qt::KeyboardModifiers held) {
            return QKeySequence(QKeyCombination(held, static_cast<Qt::Key>(key)));
        };
        // On many keyboards ? and + are typed with Shift.
        if (press(with(modifiers)) || press(with(modifiers & ~Qt::ShiftModifier)))
            return;
    }
    // Enter is not for a dialog that has no buttons.
    if (key == Qt::Key_Return || key == Qt::Key_Enter)
        return;
    QDialog::keyPressEvent(event);
}

void HelpWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        takeSizes();
}

void HelpWindow::takeSizes()
{
    m_said->setMargin(qRound(10 * unitOf(this)));
    if (isVisible() && m_placedAt != unitOf(this))
        place(); // larger text wants a larger window
}

} // namespace interleave
