// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/search_page.h"

#include "help/rows_view.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace interleave {

SearchPage::SearchPage(const QString& name, const QString& hint, QWidget* parent)
    : QWidget(parent),
      m_rows(new HelpRowModel(this)),
      m_view(new RowsView(*m_rows, this)),
      m_field(new QLineEdit(this)),
      m_count(new QLabel(this))
{
    m_view->setAccessibleName(name);
    m_field->setPlaceholderText(hint);
    m_field->setAccessibleName(hint);
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("matches"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_field, 1);
    top->addWidget(m_count);
    auto* column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_view, 1);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, &SearchPage::filterBy);
    connect(m_view, &RowsView::typed, this, [this](const QString& text) {
        m_field->setFocus();
        m_field->insert(text);
    });
    connect(m_rows, &QAbstractItemModel::modelReset, this, [this] {
        const int rows = m_rows->matches();
        m_count->setText(rows == 0 ? tr("nothing found") : rows == 1 ? tr("1 found") : tr("%1 found").arg(rows));
        m_count->setVisible(!m_rows->filter().isEmpty());
    });
    m_count->hide();
    takeSizes();
}

void SearchPage::filterBy(const QString& text)
{
    m_rows->setFilter(text);
    m_view->goTo(m_rows->best());
}

void SearchPage::goTo(const QString& title)
{
    m_field->clear();
    m_view->goTo(m_rows->indexOf(title));
}

bool SearchPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QCoreApplication::sendEvent(m_view, event); return true;
    default: return QWidget::eventFilter(watched, event);
    }
}

void SearchPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        takeSizes();
}

void SearchPage::takeSizes()
{
    const int margin = qRound(12 * unitOf(this));
    layout()->setContentsMargins(margin, margin, 0, 0);
    layout()->setSpacing(qRound(8 * unitOf(this)));
    layout()->itemAt(0)->layout()->setContentsMargins(0, 0, margin, 0);
}

} // namespace interleave
