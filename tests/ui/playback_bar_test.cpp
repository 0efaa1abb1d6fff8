// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback_bar.h"

#include "made_history.h"
#include "controls/log_scale.h"
#include "playback/playback.h"
#include "playback/playback_button.h"
#include "playback/scrubber.h"
#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QLabel>
#include <QTest>
#include <climits>

using namespace interleave;

class PlaybackBarTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void scrubberMapsStepsToValues_data()
    {
        QTest::addColumn<quint64>("steps");
        for (const quint64 steps :
             {0ULL, 1ULL, 36ULL, 30'000'000ULL, 400'000'000ULL, 2'147'483'647ULL, 5'000'000'000ULL})
            QTest::addRow("%llu", static_cast<unsigned long long>(steps)) << steps;
    }
    void scrubberMapsStepsToValues()
    {
        QFETCH(quint64, steps);
        const ScrubberScale scale{steps};
        QCOMPARE(scale.valueOf(0), 0);
        QCOMPARE(scale.stepOf(0), Step{0});
        QCOMPARE(scale.valueOf(steps), scale.lastValue());
        QCOMPARE(scale.stepOf(scale.lastValue()), steps);
        QCOMPARE(scale.valueOf(steps + 10), scale.lastValue());
        QCOMPARE(scale.stepOf(-1), Step{0});
        int before = 0;
        for (Step part = 0; part <= 1000; ++part) {
            const Step step = Step{steps} / 1000 * part;
            const int value = scale.valueOf(step);
            QVERIFY(value >= before && value <= scale.lastValue());
            before = value;
            if (steps <= INT_MAX)
                QCOMPARE(scale.stepOf(value), step);
            else // a value stands for several steps; going there and back stays in place
                QCOMPARE(scale.valueOf(scale.stepOf(value)), value);
        }
    }

    void logScaleIsATable_data()
    {
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::addColumn<bool>("whole");
        QTest::addColumn<bool>("zero");
        QTest::newRow("threads") << 1.0 << 1000.0 << true << false;
        QTest::newRow("iterations") << 1.0 << 1e7 << true << false;
        QTest::newRow("trials") << 1.0 << 100.0 << true << false;
        QTest::newRow("window") << 10.0 << 1e9 << true << true;
        QTest::newRow("speed") << 0.25 << 1000.0 << false << false;
        QTest::newRow("ends that are no round values") << 3.0 << 777.0 << true << false;
        QTest::newRow("one value") << 5.0 << 5.0 << true << false;
    }
    void logScaleIsATable()
    {
        QFETCH(double, least);
        QFETCH(double, most);
        QFETCH(bool, whole);
        QFETCH(bool, zero);
        const LogScale scale(least, most, whole ? LogScale::Values::Whole : LogScale::Values::Any,
                             zero ? LogScale::Zero::First : LogScale::Zero::No);
        QCOMPARE(scale.valueAt(0), zero ? 0.0 : least);
        QCOMPARE(scale.valueAt(scale.lastNotch()), most);
        QCOMPARE(scale.valueAt(-5), scale.valueAt(0));
        QCOMPARE(scale.valueAt(scale.lastNotch() + 5), most);
        for (int notch = 0; notch <= scale.lastNotch(); ++notch) {
            const double value = scale.valueAt(notch);
            QCOMPARE(scale.notchOf(value), notch);
            if (notch > 0)
                QVERIFY(value > scale.valueAt(notch - 1));
            if (whole)
                QCOMPARE(value, std::floor(value));
            if (notch > 0 && scale.valueAt(notch - 1) >= 10) // even steps in the logarithm
                QVERIFY2(value / scale.valueAt(notch - 1) <= 1.26, qPrintable(QString::number(value)));
        }
        QCOMPARE(scale.notchOf(most * 2), scale.lastNotch());
        QCOMPARE(scale.notchOf(-1), 0);
    }

    void roundValuesAreNotches_data()
    {
        QTest::addColumn<double>("value");
        for (const double value : {1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 9.0, 10.0, 12.0, 50.0, 200.0, 1000.0, 200'000.0, 1e7})
            QTest::addRow("%g", value) << value;
    }
    void roundValuesAreNotches()
    {
        QFETCH(double, value);
        const LogScale scale(1, 1e7, LogScale::Values::Whole);
        QCOMPARE(scale.valueAt(scale.notchOf(value)), value);
    }

    void theNearestNotchIsTaken()
    {
        const LogScale scale(1, 1000, LogScale::Values::Whole);
        QCOMPARE(scale.valueAt(scale.notchOf(53)), 50.0);
        QCOMPARE(scale.valueAt(scale.notchOf(58)), 60.0);
        QCOMPARE(scale.valueAt(scale.notchOf(640)), 600.0);
    }

    void densityMarksWhereUpdatesAreLost()
    {
        const LongHistory few(2, 3, 4); // 24 updates in 8 streaks, three of them destroyed
        const std::vector<double> marks = lossDensity(few, 200);
        std::vector<std::size_t> marked;
        for (std::size_t column = 0; column < marks.size(); ++column)
            if (marks[column] > 0)
                marked.push_back(column);
        std::vector<std::size_t> expected;
        for (Position p = 1; p <= few.ledger().updates(); ++p)
            if (few.ledger().updatesLostTo(p) > 0)
                expected.push_back(static_cast<std::size_t>(few.storeStep(p) + 1) * 200
                                   / static_cast<std::size_t>(few.steps()));
        QCOMPARE(expected.size(), std::size_t{3});
        QCOMPARE(marked, expected);

        const LongHistory none(1, 100, 1);
        for (const double share : lossDensity(none, 50))
            QCOMPARE(share, 0.0);
        QVERIFY(lossDensity(none, 0).empty());
    }

    void densityOfALongRunLooksAtFewPlaces()
    {
        const LongHistory history(2, 1'000'000, 2); // streaks 1 to 4: the third destroys the second
        const std::vector<double> density = lossDensity(history, 400);
        QVERIFY(history.storesAsked <= 400);
        for (std::size_t column = 0; column < 400; ++column) {
            if (column < 199 || column > 201)
                QCOMPARE(density[column], 0.0);
        }
        QCOMPARE(*std::max_element(density.begin(), density.end()), 1.0);
    }

    void theBarShowsAndMovesThePlace()
    {
        Playback playback;
        PlaybackBar bar(playback);
        auto* scrubber = bar.findChild<Scrubber*>();
        auto* label = bar.findChild<QLabel*>(QStringLiteral("stepLabel"));
        QVERIFY(!scrubber->isEnabled());
        playback.setHistory(std::make_shared<LongHistory>(2, 3, 2));
        bar.resize(1000, 40);
        bar.show();
        QVERIFY(scrubber->isEnabled());
        QCOMPARE(label->text(), QStringLiteral("step 0 of 36"));
        playback.setStep(27);
        QCOMPARE(label->text(), QStringLiteral("step 27 of 36"));
        QCOMPARE(scrubber->value(), 27);

        const auto at = [&](int value) { return QPoint(qRound(scrubber->xOf(value)), scrubber->height() / 2); };
        QTest::mousePress(scrubber, Qt::LeftButton, {}, at(9));
        QCOMPARE(playback.step(), Step{9});
        QTest::mouseMove(scrubber, at(18));
        QCOMPARE(playback.step(), Step{18});
        QTest::mouseMove(scrubber, QPoint(scrubber->width() + 500, 0));
        QCOMPARE(playback.step(), Step{36});
        QTest::mouseMove(scrubber, QPoint(-500, 0));
        QCOMPARE(playback.step(), Step{0});
        QTest::mouseRelease(scrubber, Qt::LeftButton, {}, at(4));
        QTest::keyClick(scrubber, Qt::Key_Right);
        QCOMPARE(playback.step(), Step{1});
        QTest::keyClick(scrubber, Qt::Key_PageUp);
        QCOMPARE(playback.step(), Step{2});
        QTest::keyClick(scrubber, Qt::Key_End);
        QCOMPARE(playback.step(), Step{36});
        QTest::keyClick(scrubber, Qt::Key_Left);
        QCOMPARE(playback.step(), Step{35});
        QTest::keyClick(scrubber, Qt::Key_Home);
        QCOMPARE(playback.step(), Step{0});
    }

    void everyStepOfALongRunIsInReachOfTheScrubber()
    {
        Playback playback;
        PlaybackBar bar(playback);
        playback.setHistory(std::make_shared<LongHistory>(50, 1'000'000, 2)); // 300 million steps
        auto* scrubber = bar.findChild<Scrubber*>();
        QCOMPARE(scrubber->maximum(), 300'000'000);
        scrubber->setValue(123'456'789);
        QCOMPARE(playback.step(), Step{123'456'789});
    }

    void theSpeedSliderReachesBothEnds()
    {
        Playback playback;
        PlaybackBar bar(playback);
        auto* slider = bar.findChild<FlatSlider*>(QStringLiteral("speedSlider"));
        auto* label = bar.findChild<QLabel*>(QStringLiteral("speedLabel"));
        QCOMPARE(label->text(), QStringLiteral("1 step / s"));
        slider->setValue(slider->minimum());
        QCOMPARE(playback.speed(), 0.25);
        QCOMPARE(label->text(), QStringLiteral("0.25 steps / s"));
        slider->setValue(slider->maximum() - 1);
        QCOMPARE(playback.speed(), 1000.0);
        QCOMPARE(label->text(), QStringLiteral("1,000 steps / s"));
        slider->setValue(slider->maximum());
        QVERIFY(playback.playsWholeRun());
        QCOMPARE(label->text(), QStringLiteral("whole run in 10 s"));
        playback.slower();
        QCOMPARE(slider->value(), slider->maximum() - 1);
        playback.setSpeed(1);
        QCOMPARE(label->text(), QStringLiteral("1 step / s"));
        // What is set elsewhere stays as it is, even between two notches.
        playback.setSpeed(13);
        QCOMPARE(playback.speed(), 13.0);
    }

    void buttonsDoWhatTheySay()
    {
        Playback playback;
        PlaybackBar bar(playback);
        playback.setHistory(std::make_shared<LongHistory>(2, 3, 2));
        bar.show();
        const auto click = [&](const char* name) {
            QTest::mouseClick(bar.findChild<PlaybackButton*>(QLatin1String(name)), Qt::LeftButton);
        };
        QVERIFY(!bar.findChild<PlaybackButton*>(QStringLiteral("startButton"))->isEnabled());
        click("forwardButton");
        QCOMPARE(playback.step(), Step{1});
        click("nextClobberingButton");
        QCOMPARE(playback.step(), Step{21});
        click("endButton");
        QCOMPARE(playback.step(), Step{36});
        click("previousClobberingButton");
        QCOMPARE(playback.step(), Step{21});
        click("backButton");
        QCOMPARE(playback.step(), Step{20});
        click("playButton");
        QVERIFY(playback.isPlaying());
        QCOMPARE(bar.findChild<PlaybackButton*>(QStringLiteral("playButton"))->accessibleName(),
                 QStringLiteral("Pause"));
        click("playButton");
        QVERIFY(!playback.isPlaying());
        click("startButton");
        QCOMPARE(playback.step(), Step{0});
    }

    void everyControlHasAName()
    {
        Playback playback;
        PlaybackBar bar(playback);
        for (const QWidget* control : bar.findChildren<QWidget*>()) {
            if (control->focusPolicy() == Qt::NoFocus)
                continue;
            QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(control->objectName()));
            QVERIFY2(!control->accessibleDescription().isEmpty(), qPrintable(control->objectName()));
        }
    }

    void onlyLostUpdatesAreRed_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void onlyLostUpdatesAreRed()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
        Playback playback;
        Scrubber scrubber(playback);
        scrubber.setPalette(theme.palette());
        scrubber.resize(500, scrubber.sizeHint().height());
        const auto lostPixels = [&] {
            const QImage image = scrubber.grab().toImage();
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixelColor(x, y).rgb() == theme.lost.rgb() ? 1 : 0;
            return count;
        };
        playback.setHistory(std::make_shared<LongHistory>(1, 12, 1));
        QCOMPARE(lostPixels(), 0);
        playback.setHistory(std::make_shared<LongHistory>(2, 3, 2));
        QVERIFY(lostPixels() > 0);
    }
};

QTEST_MAIN(PlaybackBarTest)
#include "playback_bar_test.moc"
