// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameters_panel.h"
#include "parameters/result_card.h"

#include "controls/flat_slider.h"
#include "panel_checks.h"
#include "parameters/fold.h"
#include "parameters/parameter_label.h"
#include "parameters/parameter_row.h"
#include "parameters/quiet_button.h"
#include "parameters/time_spin_box.h"
#include "sentences/names.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <cerrno>

using namespace interleave;
using namespace std::chrono_literals;

namespace {

struct Shown {
    Shown()
    {
        for (Fold* fold : panel.findChildren<Fold*>())
            fold->setUnfolded(true);
        panel.resize(250, 1100);
        panel.show();
    }
    [[nodiscard]] ParameterRow* row(const char* name) const
    {
        return panel.findChild<ParameterRow*>(QLatin1String(name));
    }
    [[nodiscard]] QString text(const char* name) const { return panel.findChild<QLabel*>(QLatin1String(name))->text(); }
    void type(const char* name, const QString& text) const
    {
        auto* edit = row(name)->spinBox()->findChild<QLineEdit*>();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    ParametersPanel panel;
};

RunResult resultOf(std::uint64_t expected, std::uint64_t lost, bool recorded)
{
    RunResult result;
    result.expected = expected;
    result.lost = lost;
    result.final = expected - lost;
    if (recorded)
        result.recorded.emplace();
    return result;
}

// Its threads left their cores nine times by force and three times by themselves.
SwitchLog capturedSwitches()
{
    SwitchLog log;
    log.source = SwitchSource::Kernel;
    log.threads.resize(2);
    for (std::uint32_t i = 0; i < 12; ++i) {
        log.threads[i % 2].push_back({100 * std::int64_t{i}, i % 2, 0, true, i >= 3});
        log.threads[i % 2].push_back({100 * std::int64_t{i} + 150, i % 2, 0, false, false});
    }
    return log;
}

RunResult withSwitches(RunResult result, SwitchLog log)
{
    // As getrusage counts: from a moment earlier, to a moment later.
    result.threads = {{.voluntarySwitches = 3, .involuntarySwitches = 5},
                      {.voluntarySwitches = 1, .involuntarySwitches = 6}};
    result.switches = std::make_shared<const SwitchLog>(std::move(log));
    return result;
}

int pixelsOf(const QWidget& widget, const QColor& colour)
{
    const QImage image = const_cast<QWidget&>(widget).grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).rgb() == colour.rgb() ? 1 : 0;
    return count;
}

} // namespace

class ParametersPanelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void startsWithTheFamousProgram()
    {
        const Shown shown;
        QCOMPARE(shown.panel.parameters(), RunParameters{});
        QCOMPARE(shown.panel.trials(), 5);
        QVERIFY(shown.panel.recording());
    }

    void slidersReachBothEnds_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("threads") << QByteArray("threads") << 1 << 1000;
        QTest::newRow("iterations") << QByteArray("iterations") << 1 << 10'000'000;
        QTest::newRow("cores") << QByteArray("cores") << 1 << static_cast<int>(availableCores()) + 1;
        QTest::newRow("window") << QByteArray("window") << 0 << 1'000'000'000;
        QTest::newRow("trials") << QByteArray("trials") << 1 << 100;
    }
    void slidersReachBothEnds()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, least);
        QFETCH(int, most);
        const Shown shown;
        ParameterRow* row = shown.row(name.constData());
        FlatSlider* slider = row->slider();
        const int middle = slider->height() / 2;
        const auto drag = [&](int x) {
            QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, middle));
            QTest::mouseMove(slider, QPoint(x, middle));
            QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(x, middle));
        };
        drag(slider->width() + 50);
        QCOMPARE(row->value(), most);
        drag(-50);
        QCOMPARE(row->value(), least);
        int before = row->value();
        for (int presses = 0; slider->value() < slider->maximum(); ++presses) { // each press changes the value
            QVERIFY(presses < 1000);
            QTest::keyClick(slider, Qt::Key_Right);
            QVERIFY(row->value() > before);
            before = row->value();
        }
        QCOMPARE(before, most);
    }

    void typedValuesStayExact()
    {
        Shown shown;
        QSignalSpy changes(&shown.panel, &ParametersPanel::parametersChanged);
        shown.type("threads", QStringLiteral("847"));
        shown.type("iterations", QStringLiteral("123456"));
        shown.type("trials", QStringLiteral("7"));
        QCOMPARE(shown.panel.parameters().threads, 847U);
        QCOMPARE(shown.panel.parameters().iterations, 123'456U);
        QCOMPARE(shown.panel.trials(), 7);
        QCOMPARE(changes.count(), 3);
    }

    void coresAreANumberOrAll()
    {
        Shown shown;
        const auto available = availableCores();
        QCOMPARE(shown.row("cores")->spinBox()->text(), QStringLiteral("all"));
        QCOMPARE(shown.panel.parameters().cores, 0U);
        shown.type("cores", QStringLiteral("1"));
        QCOMPARE(shown.panel.parameters().cores, 1U);
        shown.type("cores", QStringLiteral("ALL"));
        QCOMPARE(shown.panel.parameters().cores, 0U);
        shown.type("cores", numberText(available));
        QCOMPARE(shown.panel.parameters().cores, available);
        shown.type("cores", numberText(available + 1)); // no such core; and not a way to write "all"
        QVERIFY(shown.panel.parameters().cores <= available && shown.panel.parameters().cores >= 1);
    }

    void windowsAreTimes_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("shown");
        QTest::newRow("none") << QStringLiteral("0") << qint64{0} << QStringLiteral("0");
        QTest::newRow("ns") << QStringLiteral("500ns") << qint64{500} << QStringLiteral("500 ns");
        QTest::newRow("us") << QStringLiteral("20us") << qint64{20'000} << QStringLiteral("20 µs");
        QTest::newRow("micro") << QStringLiteral("20 µs") << qint64{20'000} << QStringLiteral("20 µs");
        QTest::newRow("ms") << QStringLiteral("1.5 ms") << qint64{1'500'000} << QStringLiteral("1.5 ms");
        QTest::newRow("s") << QStringLiteral("1s") << qint64{1'000'000'000} << QStringLiteral("1 s");
    }
    void windowsAreTimes()
    {
        QFETCH(QString, typed);
        QFETCH(qint64, nanoseconds);
        const Shown shown;
        shown.row("threads")->setValue(1); // over at once
        shown.row("iterations")->setValue(1);
        shown.type("window", QStringLiteral("3 us"));
        shown.type("window", typed);
        QCOMPARE(shown.panel.parameters().window.count(), nanoseconds);
        QTEST(shown.row("window")->spinBox()->text(), "shown");
        QVERIFY(shown.text("parametersNotice").isEmpty());
    }

    void badTimesAreRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char* typed : {"soon", "20", "-5 us", "2 s", "5 minutes", "1e9", ""})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    void badTimesAreRefusedWithASentence()
    {
        QFETCH(QString, typed);
        const Shown shown;
        shown.row("threads")->setValue(1); // over at once
        shown.row("iterations")->setValue(1);
        shown.type("window", QStringLiteral("3 us"));
        auto* edit = shown.row("window")->spinBox()->findChild<QLineEdit*>();
        edit->selectAll();
        if (typed.isEmpty())
            QTest::keyClick(edit, Qt::Key_Delete);
        shown.type("window", typed);
        QCOMPARE(shown.panel.parameters().window.count(), 3'000);
        QCOMPARE(shown.row("window")->spinBox()->text(), QStringLiteral("3 µs"));
        if (!typed.isEmpty()) {
            const QString notice = shown.text("parametersNotice");
            QVERIFY2(notice.contains(QStringLiteral("between 0 and 1 s")) && notice.contains(typed),
                     qPrintable(notice));
        }
        shown.type("window", QStringLiteral("4 us")); // and forgotten with the next good one
        QVERIFY(shown.text("parametersNotice").isEmpty());
        QCOMPARE(shown.panel.parameters().window.count(), 4'000);
    }

    void pillsAreExclusive()
    {
        Shown shown;
        for (const Synchronisation way : allSynchronisations) {
            auto* pill = shown.panel.findChild<QAbstractButton*>(QLatin1String("pill-") + textOf(way));
            QVERIFY(pill);
            QTest::mouseClick(pill, Qt::LeftButton);
            QCOMPARE(shown.panel.parameters().synchronisation, way);
            QCOMPARE(pill->toolTip(), explanationOf(way));
            const auto* explanation = shown.panel.findChild<QLabel*>(QStringLiteral("synchronisationExplanation"));
            QVERIFY(!explanation->text().isEmpty());
            QCOMPARE(explanation->toolTip(), explanationOf(way));
            int checked = 0;
            for (const auto* other :
                 shown.panel.findChildren<QAbstractButton*>(QRegularExpression(QStringLiteral("^pill-"))))
                checked += other->isChecked() ? 1 : 0;
            QCOMPARE(checked, 1);
        }
    }

    void parametersGoInAndOut()
    {
        Shown shown;
        RunParameters parameters;
        parameters.threads = 4;
        parameters.iterations = 3;
        parameters.cores = 1;
        parameters.window = 1'234'567ns;
        parameters.synchronisation = Synchronisation::Cas;
        QSignalSpy changes(&shown.panel, &ParametersPanel::parametersChanged);
        shown.panel.setParameters(parameters, 9, false);
        QCOMPARE(shown.panel.parameters(), parameters);
        QCOMPARE(shown.panel.trials(), 9);
        QVERIFY(!shown.panel.recording());
        QCOMPARE(changes.count(), 1);
        shown.panel.setParameters(parameters, 9, false);
        QCOMPARE(changes.count(), 1);
        // A window that is shown rounded is not rounded by looking at it.
        auto* edit = shown.row("window")->spinBox()->findChild<QLineEdit*>();
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(shown.panel.parameters(), parameters);

        parameters.iterations = 1'000'000'000;
        parameters.window = 5s;
        parameters.threads = 0;
        shown.panel.setParameters(parameters, 1000, true);
        QCOMPARE(shown.panel.parameters().iterations, 10'000'000U);
        QCOMPARE(shown.panel.parameters().window, std::chrono::nanoseconds(1s));
        QCOMPARE(shown.panel.parameters().threads, 1U);
        QCOMPARE(shown.panel.trials(), 100);
    }

    void saysWhatCannotBeRecorded()
    {
        Shown shown;
        QSignalSpy can(&shown.panel, &ParametersPanel::canRunChanged);
        auto* record = shown.panel.findChild<QCheckBox*>(QStringLiteral("recordCheck"));
        QVERIFY(shown.text("parametersNotice").isEmpty());
        shown.row("threads")->setValue(1000);
        shown.row("iterations")->setValue(1'000'000);
        QVERIFY(!shown.panel.canRun());
        QCOMPARE(shown.text("parametersNotice"),
                 QStringLiteral(
                     "Recording 1,000,000,000 updates is not possible, at most 134,217,727 can be recorded: lower "
                     "Threads or Iterations. Without recording it can run."));
        QVERIFY(shown.panel.findChild<QLabel*>(QStringLiteral("parametersNotice"))->isVisible());
        record->setChecked(false);
        QVERIFY(shown.panel.canRun());
        QVERIFY(shown.text("parametersNotice").endsWith(QStringLiteral("1,000,000,000 updates."))); // it takes long
        record->setChecked(true);
        shown.row("threads")->setValue(2);
        shown.row("iterations")->setValue(10);
        QVERIFY(shown.panel.canRun());
        QCOMPARE(can.count(), 4);
    }

    void theResultStandsBesideWhatWasNotRecorded()
    {
        Shown shown;
        shown.panel.setResult(resultOf(12, 4, true), resultOf(12, 3, false));
        QCOMPARE(shown.text("expectedValue"), QStringLiteral("12"));
        QCOMPARE(shown.text("finalValue"), QStringLiteral("8"));
        QCOMPARE(shown.text("lostValue"), QStringLiteral("4"));
        const QString effect = shown.text("observerEffect");
        QVERIFY2(effect.contains(QStringLiteral("this run lost 33\u00A0%")), qPrintable(effect));
        QVERIFY2(effect.contains(QStringLiteral("counted, 3 (25\u00A0%)")), qPrintable(effect));
        QVERIFY2(effect.contains(QStringLiteral("changes the timing")), qPrintable(effect));

        shown.panel.setResult(resultOf(10'000'000, 0, true), resultOf(10'000'000, 0, false));
        QCOMPARE(shown.text("finalValue"), QStringLiteral("10,000,000"));
        QVERIFY(!shown.text("observerEffect").contains(QStringLiteral("changes the timing")));
        shown.panel.setResult(resultOf(1000, 15, false), std::nullopt);
        QCOMPARE(shown.text("observerEffect"), QStringLiteral("Counted, nothing recorded: lost 15 (1.5\u00A0%)."));
        shown.panel.setResult(resultOf(1'000'000, 1, false), std::nullopt);
        QVERIFY(shown.text("observerEffect").contains(QStringLiteral("under 0.1\u00A0%")));
        shown.panel.clearResult();
        QCOMPARE(shown.text("runShown"), QStringLiteral("No run yet."));
        QCOMPARE(shown.text("lostValue"), QStringLiteral("–"));
    }

    void saysWhereItsSwitchesAreKnownFrom_data()
    {
        QTest::addColumn<SwitchLog>("log");
        QTest::addColumn<QString>("text");
        QTest::newRow("captured") << capturedSwitches()
                                  << QStringLiteral("The kernel told of 12 context switches, 9 involuntary.");
        SwitchLog overflown = capturedSwitches();
        overflown.overflow = 1'234;
        QTest::newRow("overflown") << overflown
                                   << QStringLiteral(
                                          "Context switches: the kernel told of 12 when they happened; 1,234 of its "
                                          "records were lost because they came too fast. The totals are getrusage's "
                                          "and miss none. Voluntary: 4, involuntary: 11.");
        SwitchLog refused;
        refused.refusal = {SwitchRefusal::Kind::EventRefused, EACCES, 3};
        QTest::newRow("refused") << refused
                                 << QStringLiteral(
                                        "Context switches: totals by getrusage only; the system refuses "
                                        "perf_event_open: Permission denied (kernel.perf_event_paranoid is 3). "
                                        "Voluntary: 4, involuntary: 11.");
        SwitchLog notAsked;
        notAsked.refusal.kind = SwitchRefusal::Kind::NotAsked;
        QTest::newRow("not asked") << notAsked
                                   << QStringLiteral(
                                          "Context switches: totals by getrusage only; no more was asked for. "
                                          "Voluntary: 4, involuntary: 11.");
    }
    void saysWhereItsSwitchesAreKnownFrom()
    {
        QFETCH(SwitchLog, log);
        Shown shown;
        const auto* label = shown.panel.findChild<QLabel*>(QStringLiteral("contextSwitches"));
        QVERIFY(!label->isVisible());
        shown.panel.setResult(withSwitches(resultOf(12, 4, true), log), std::nullopt);
        QVERIFY(label->isVisible());
        QTEST(label->text(), "text");
        shown.panel.clearResult();
        QVERIFY(!label->isVisible());
        QVERIFY(label->text().isEmpty());
    }

    void redIsForLostUpdatesOnly_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void redIsForLostUpdatesOnly()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
        Shown shown;
        shown.panel.setPalette(theme.palette());
        shown.row("threads")->setValue(1000); // with a notice
        shown.row("iterations")->setValue(10'000'000);
        QVERIFY(!shown.panel.canRun());
        shown.panel.setResult(resultOf(12, 0, true), resultOf(12, 0, false));
        QCOMPARE(pixelsOf(shown.panel, theme.lost), 0);
        QVERIFY(pixelsOf(shown.panel, theme.survived) > 500);
        shown.panel.setResult(resultOf(12, 4, true), resultOf(12, 3, false));
        QVERIFY(pixelsOf(shown.panel, theme.lost) > 200);
    }

    void everyControlHasAName()
    {
        const Shown shown;
        for (const QWidget* control : shown.panel.findChildren<QWidget*>()) {
            if (control->focusPolicy() == Qt::NoFocus || qobject_cast<const QLineEdit*>(control)
                || qobject_cast<const QLabel*>(control))
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(control);
            QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     control->metaObject()->className());
            QVERIFY2(!control->accessibleDescription().isEmpty(), control->metaObject()->className());
        }
    }

    void fitsItsColumnAndScrollsWhenItIsLow()
    {
        ParametersPanel panel;
        QFont font = panel.font();
        font.setPixelSize(normalTextPixels);
        panel.setFont(font);
        panel.resize(264, 500);
        SwitchLog log = capturedSwitches();
        log.overflow = 1'234'567; // the longest that is told
        panel.setResult(withSwitches(resultOf(10'000'000, 2'381'764, true), log),
                        resultOf(10'000'000, 1'912'382, false));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCoreApplication::processEvents();
        QCOMPARE(panel.size(), QSize(264, 500));
        const auto* card = panel.findChild<ResultCard*>(); // never scrolls away
        QVERIFY(panel.rect().contains(QRect(card->mapTo(&panel, QPoint(0, 0)), card->size())));
        QVERIFY2(panel.minimumSizeHint().width() <= 264, qPrintable(QString::number(panel.minimumSizeHint().width())));
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->objectName()));
    }

    void whatMattersIsInSightAtTheSmallestWindow()
    {
        ParametersPanel panel;
        inTheSmallestColumn(panel);
        RunResult result = resultOf(10'000'000, 2'381'764, true);
        panel.setResult(result, resultOf(10'000'000, 1'912'382, false));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCoreApplication::processEvents();
        for (const char* name : {"pill-none", "pill-sharded", "threads", "iterations", "runButton", "lostValue"})
            QVERIFY2(isInSight(panel, name), name);
        for (const char* name : {"expectedValue", "finalValue", "lostValue"}) {
            const auto* figure = panel.findChild<QLabel*>(QLatin1String(name));
            QVERIFY(figure->fontMetrics().horizontalAdvance(figure->text()) <= figure->width());
        }
    }

    void nothingThatIsHiddenGoesUnsaid()
    {
        Shown shown;
        auto* fold = shown.panel.findChild<Fold*>(QStringLiteral("moreParameters"));
        fold->setUnfolded(false);
        const auto* says = fold->unusualText();
        QVERIFY(!shown.row("cores")->isVisible());
        QVERIFY(!says->isVisible());
        RunParameters parameters;
        parameters.cores = 1;
        parameters.window = 20us;
        shown.panel.setParameters(parameters, 7, false);
        QVERIFY(says->isVisible());
        for (const char* part : {"Cores 1", "20 µs", "Trials 7", "not recorded"})
            QVERIFY2(says->text().contains(QString::fromUtf8(part)), qPrintable(says->text()));
        QVERIFY(fold->button().accessibleDescription().contains(QStringLiteral("Cores 1")));
        // By keys.
        fold->button().setFocus(Qt::TabFocusReason);
        QTest::keyClick(&fold->button(), Qt::Key_Space);
        QVERIFY(shown.row("cores")->isVisible());
        QVERIFY(!says->isVisible());
        QTest::keyClick(&fold->button(), Qt::Key_Space);
        QVERIFY(!shown.row("cores")->isVisible());
    }

    void whatDiffersFromTheRunShownIsMarked()
    {
        Shown shown;
        QSignalSpy differs(&shown.panel, &ParametersPanel::differsChanged);
        const auto hint = [&] { return shown.text("runHint"); };
        QVERIFY(shown.panel.differsFromShown()); // nothing has been run yet
        QVERIFY(hint().contains(QStringLiteral("Not run yet")));
        shown.panel.setShown(shown.panel.parameters());
        QVERIFY(!shown.panel.differsFromShown());
        QCOMPARE(hint(), QStringLiteral("Enter"));

        const auto marked = [&](const char* name) { return shown.row(name)->label().isMarked(); };
        shown.row("threads")->setValue(4);
        QVERIFY(shown.panel.differsFromShown());
        QVERIFY(marked("threads") && !marked("iterations") && !marked("cores") && !marked("window"));
        QVERIFY(shown.row("threads")->label().text().startsWith(QStringLiteral("•")));
        for (const QWidget* control : {static_cast<QWidget*>(shown.row("threads")->spinBox()),
                                       static_cast<QWidget*>(shown.row("threads")->slider())}) {
            QVERIFY(control->accessibleDescription().contains(QStringLiteral("Not run yet; the run shown has 50.")));
            QVERIFY(control->toolTip().contains(QStringLiteral("the run shown has 50")));
        }
        QVERIFY(hint().contains(QStringLiteral("Not run yet: press Enter")));
        shown.type("window", QStringLiteral("20 us"));
        QVERIFY(marked("window"));
        // Hidden, the fold is marked for them.
        auto* fold = shown.panel.findChild<Fold*>(QStringLiteral("moreParameters"));
        fold->setUnfolded(false);
        QVERIFY(fold->button().text().startsWith(QStringLiteral("•")));
        fold->setUnfolded(true);
        QVERIFY(!fold->button().text().startsWith(QStringLiteral("•")));

        auto* mutex = shown.panel.findChild<QAbstractButton*>(QStringLiteral("pill-mutex"));
        QTest::mouseClick(mutex, Qt::LeftButton);
        QVERIFY(mutex->accessibleDescription().contains(QStringLiteral("the run shown has none")));
        shown.panel.setShown(shown.panel.parameters());
        QVERIFY(!shown.panel.differsFromShown());
        QVERIFY(!marked("threads") && !marked("window"));
        QVERIFY(!mutex->accessibleDescription().contains(QStringLiteral("Not run yet")));
        // How often the charts repeat it is no part of a run.
        shown.row("trials")->setValue(9);
        QVERIFY(!shown.panel.differsFromShown());
        shown.panel.setShown(std::nullopt);
        QVERIFY(shown.panel.differsFromShown());
        QCOMPARE(differs.count(), 4);
    }

    void defaultsBringBackHowItBegan()
    {
        Shown shown;
        auto* button = shown.panel.findChild<QAbstractButton*>(QStringLiteral("defaultsButton"));
        RunParameters first;
        first.threads = 3;
        first.window = 20us;
        shown.panel.setDefaults(first, 2, false);
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(shown.panel.parameters(), first);
        QCOMPARE(shown.panel.trials(), 2);
        QVERIFY(!shown.panel.recording());
        QVERIFY(!button->isEnabled());
        QVERIFY(!button->toolTip().isEmpty()); // grey says why
        for (const char* name : {"threads", "iterations", "cores", "window", "trials"}) {
            const int before = shown.row(name)->value();
            shown.row(name)->setValue(before == 1 ? 2 : 1);
            QVERIFY2(button->isEnabled(), name);
            shown.row(name)->setValue(before);
            QVERIFY2(!button->isEnabled(), name);
        }
    }

    void runIsTheActionOfTheWindow()
    {
        Shown shown;
        auto* run = shown.panel.findChild<QAbstractButton*>(QStringLiteral("runButton"));
        auto* last = shown.panel.findChild<QAbstractButton*>(QStringLiteral("lastRunButton"));
        QVERIFY(!run->isEnabled());
        QVERIFY(!last->isVisible());
        QAction runs(QStringLiteral("&Run"));
        runs.setToolTip(QStringLiteral("Run with these parameters (Enter)"));
        QAction lastRun(QStringLiteral("&Last run"));
        shown.panel.setRunAction(&runs);
        shown.panel.setLastRunAction(&lastRun);
        QSignalSpy triggered(&runs, &QAction::triggered);
        QSignalSpy triggeredLast(&lastRun, &QAction::triggered);
        QCOMPARE(run->text(), QStringLiteral("Run"));
        QCOMPARE(run->toolTip(), runs.toolTip());
        QTest::mouseClick(run, Qt::LeftButton);
        QCOMPARE(triggered.count(), 1);
        run->setFocus(Qt::TabFocusReason);
        QTest::keyClick(run, Qt::Key_Space);
        QCOMPARE(triggered.count(), 2);
        runs.setText(QStringLiteral("&Cancel"));
        QCOMPARE(run->text(), QStringLiteral("Cancel"));
        QCOMPARE(shown.text("runHint"), QStringLiteral("Esc"));
        runs.setText(QStringLiteral("&Run"));
        QVERIFY(last->isVisible());
        QTest::mouseClick(last, Qt::LeftButton);
        QCOMPARE(triggeredLast.count(), 1);
        lastRun.setEnabled(false);
        QVERIFY(!last->isVisible());
        // Grey says why.
        shown.row("threads")->setValue(1000);
        shown.row("iterations")->setValue(1'000'000);
        runs.setEnabled(false);
        QVERIFY(!run->isEnabled());
        QCOMPARE(run->toolTip(), shown.text("parametersNotice"));
        QCOMPARE(run->accessibleDescription(), run->toolTip());
    }

    void saysHowLongALongRunTakes()
    {
        Shown shown;
        QVERIFY(shown.text("parametersNotice").isEmpty());
        shown.type("cores", QStringLiteral("1"));
        shown.type("window", QStringLiteral("10 us"));
        QCOMPARE(shown.text("parametersNotice"),
                 QStringLiteral("About 3 minutes: each of 10,000,000 updates waits 10 µs, in two runs."));
        QVERIFY(shown.panel.canRun());
        // While it is dragged.
        FlatSlider* slider = shown.row("iterations")->slider();
        QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, slider->height() / 2));
        QTest::mouseMove(slider, QPoint(0, slider->height() / 2));
        QCOMPARE(shown.row("iterations")->value(), 1);
        QVERIFY(shown.text("parametersNotice").isEmpty());
        QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(0, slider->height() / 2));
    }

    void theMouseTakesTheKeysFromNobody()
    {
        const Shown shown;
        clickingLeavesTheFocus(shown.panel);
    }

    void figuresCanBeHeard()
    {
        Shown shown;
        RunResult result = resultOf(12, 4, true);
        result.parameters.threads = 4;
        result.parameters.iterations = 3;
        shown.panel.setResult(result, resultOf(12, 3, false));
        QCOMPARE(heard(shown.panel, "expectedValue"), QStringLiteral("12"));
        QCOMPARE(heard(shown.panel, "finalValue"), QStringLiteral("8"));
        QCOMPARE(heard(shown.panel, "lostValue"), QStringLiteral("4"));
        QCOMPARE(heard(shown.panel, "runShown"), QStringLiteral("none · 4 threads × 3"));
        QVERIFY(heard(shown.panel, "observerEffect").contains(QStringLiteral("33")));
        QCOMPARE(shown.panel.findChild<QLabel*>(QStringLiteral("lostValue"))->accessibleDescription(),
                 QStringLiteral("lost"));
        shown.row("threads")->setValue(1000);
        shown.row("iterations")->setValue(1'000'000);
        QVERIFY(heard(shown.panel, "parametersNotice").contains(QStringLiteral("1,000,000,000 updates")));
        everyLabelSaysItsText(shown.panel);
    }

    void whatCannotBeSeenOnTheMachineSaysWhy()
    {
        Shown shown;
        auto* replay = shown.panel.findChild<QAbstractButton*>(QStringLiteral("replayOnMachine"));
        shown.panel.setResult(resultOf(12, 4, false), std::nullopt);
        QVERIFY(replay->isVisible() && !replay->isEnabled());
        QVERIFY2(replay->toolTip().contains(QStringLiteral("only counted")), qPrintable(replay->toolTip()));
        QCOMPARE(replay->accessibleDescription(), replay->toolTip());
    }
};

QTEST_MAIN(ParametersPanelTest)
#include "parameters_panel_test.moc"
