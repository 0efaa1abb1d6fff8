// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/wheel_guard.h"

#include "controls/flat_combo_box.h"
#include "controls/flat_slider.h"
#include "unexpected_warnings.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QWindow>

using namespace interleave;

namespace {

// A panel of controls that is higher than its window, as the parameters are.
struct Panel {
    Panel()
    {
        auto* column = new QVBoxLayout(&content);
        stage->setFocusPolicy(Qt::StrongFocus);
        combo->addItems({QStringLiteral("none"), QStringLiteral("mutex"), QStringLiteral("atomic")});
        combo->setCurrentIndex(1);
        whole->setRange(1, 1000);
        whole->setValue(20);
        decimal->setRange(0, 1000);
        decimal->setValue(20);
        slider->setRange(0, 100);
        slider->setValue(50);
        for (const char* name : {"Stage", "Charts", "Code"})
            tabs->addTab(QLatin1String(name));
        tabs->setCurrentIndex(1);
        for (QWidget* control : controls())
            column->addWidget(control);
        column->addWidget(stage);
        content.setMinimumHeight(1200);
        area.setWidget(&content);
        area.setWidgetResizable(true);
        area.resize(300, 320);
        area.show();
    }
    ~Panel() { area.takeWidget(); }

    [[nodiscard]] std::vector<QWidget*> controls() const { return {combo, whole, decimal, slider, tabs}; }
    [[nodiscard]] QList<double> values() const
    {
        return {double(combo->currentIndex()), double(whole->value()), decimal->value(), double(slider->value()),
                double(tabs->currentIndex())};
    }
    [[nodiscard]] int scrolled() const { return area.verticalScrollBar()->value(); }

    QWidget content;
    FlatComboBox* combo = new FlatComboBox;
    QSpinBox* whole = new QSpinBox;
    QDoubleSpinBox* decimal = new QDoubleSpinBox;
    FlatSlider* slider = new FlatSlider;
    QTabBar* tabs = new QTabBar;
    QWidget* stage = new QWidget;
    QScrollArea area;
};

// As the window system tells of it: to the window, which finds out whom it is over.
void wheelOver(QWidget& over, int down)
{
    const QPointF global = over.mapToGlobal(QPointF(over.rect().center()));
    QWindow* const window = over.window()->windowHandle();
    QWheelEvent event(window->mapFromGlobal(global), global, {}, {0, -down}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event); // what a program sends is not passed on to parents
    qApp->notify(window, &event);
}

} // namespace

class WheelTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void scrollsOverControls();
    void alsoWhereTheControlHasTheFocus();
    void nobodyGetsTheFocus();
    void whatScrollsStillDoes();
};

void WheelTest::scrollsOverControls()
{
    const WheelGuard guard(qApp);
    Panel panel;
    QVERIFY(QTest::qWaitForWindowExposed(&panel.area));
    const QList<double> before = panel.values();
    for (QWidget* control : panel.controls()) {
        panel.area.verticalScrollBar()->setValue(0);
        panel.area.ensureWidgetVisible(control);
        const int from = panel.scrolled();
        wheelOver(*control, 120);
        QVERIFY2(panel.scrolled() > from, control->metaObject()->className());
        panel.area.ensureWidgetVisible(control);
        wheelOver(*control, -120);
        QCOMPARE(panel.values(), before);
    }
}

void WheelTest::alsoWhereTheControlHasTheFocus()
{
    const WheelGuard guard(qApp);
    Panel panel;
    panel.area.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&panel.area));
    const QList<double> before = panel.values();
    for (QWidget* control : panel.controls()) {
        control->setFocus(Qt::TabFocusReason);
        QVERIFY(control->hasFocus());
        panel.area.ensureWidgetVisible(control);
        wheelOver(*control, 120);
        panel.area.ensureWidgetVisible(control);
        wheelOver(*control, -120);
        QCOMPARE(panel.values(), before);
    }
}

void WheelTest::nobodyGetsTheFocus()
{
    const WheelGuard guard(qApp);
    Panel panel;
    panel.area.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&panel.area));
    panel.stage->setFocus();
    for (QWidget* control : panel.controls()) {
        panel.area.ensureWidgetVisible(control);
        wheelOver(*control, 120);
        QVERIFY2(panel.stage->hasFocus(), control->metaObject()->className());
    }
}

void WheelTest::whatScrollsStillDoes()
{
    const WheelGuard guard(qApp);
    QPlainTextEdit text(QStringLiteral("line\n").repeated(500));
    text.resize(300, 200);
    text.show();
    QVERIFY(QTest::qWaitForWindowExposed(&text));
    wheelOver(*text.viewport(), 120);
    const int first = text.verticalScrollBar()->value();
    QVERIFY(first > 0);
    wheelOver(*text.verticalScrollBar(), 120);
    QVERIFY(text.verticalScrollBar()->value() > first);
}

QTEST_MAIN(WheelTest)
#include "wheel_test.moc"
