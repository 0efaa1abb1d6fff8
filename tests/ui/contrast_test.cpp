// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/contrast.h"

#include "style/theme.h"
#include "unexpected_warnings.h"

#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <map>

using namespace interleave;

namespace {

struct Named {
    QString name;
    QColor colour;
};

const Theme& themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::light();
}

std::vector<Named> plainGrounds(const Theme& theme)
{
    return {{QStringLiteral("ground"), theme.ground},
            {QStringLiteral("panel"), theme.panel},
            {QStringLiteral("card"), theme.card}};
}

// Rows and boxes in a colour, whichever it is.
std::vector<Named> tintedGrounds(const Theme& theme)
{
    std::vector<Named> all{{QStringLiteral("a row of the accent"), theme.rowTint(theme.accent)},
                           {QStringLiteral("line"), theme.line},
                           {QStringLiteral("half a line"), theme.tinted(theme.line, 0.75)}};
    for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
        all.push_back({QStringLiteral("a row of %1").arg(letterOf(i)), theme.rowTint(theme.thread(i))});
    return all;
}

std::vector<Named> selectedGrounds(const Theme& theme)
{
    return {{QStringLiteral("a selected row"), theme.selectionOn(theme.panel)}};
}

template <typename... Lists>
std::vector<Named> together(std::vector<Named> first, const Lists&... others)
{
    (first.insert(first.end(), others.begin(), others.end()), ...);
    return first;
}

void check(const Named& text, const Named& on, double least)
{
    const double contrast = contrastBetween(text.colour, on.colour);
    QVERIFY2(contrast >= least, qPrintable(QStringLiteral("%1 (%2) on %3 (%4): %5")
                                               .arg(text.name, text.colour.name(), on.name, on.colour.name())
                                               .arg(contrast, 0, 'f', 2)));
}

// The rules of a style sheet, without what is inside of braces that name colours.
std::vector<std::pair<QString, std::map<QString, QString>>> rulesOf(const QString& sheet)
{
    std::vector<std::pair<QString, std::map<QString, QString>>> rules;
    static const QRegularExpression rule(QStringLiteral("([^{}]+)\\{([^{}]*)\\}"));
    for (auto match = rule.globalMatch(sheet); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        std::map<QString, QString> values;
        for (const QString& line : found.captured(2).split(u';'))
            if (const qsizetype colon = line.indexOf(u':'); colon > 0)
                values[line.first(colon).trimmed()] = line.sliced(colon + 1).trimmed();
        rules.emplace_back(found.captured(1).simplified(), std::move(values));
    }
    return rules;
}

QColor colourIn(const QString& value)
{
    static const QRegularExpression hex(QStringLiteral("#[0-9a-fA-F]{6}"));
    const QRegularExpressionMatch found = hex.match(value);
    return found.hasMatch() ? QColor(found.captured()) : QColor();
}

} // namespace

class ContrastTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(unexpectedWarning()); }

    void luminance();
    void readableKeepsTheHue_data();
    void readableKeepsTheHue();
    void texts_data() { themes(); }
    void texts();
    void textsInColour_data() { themes(); }
    void textsInColour();
    void textsOnFills_data() { themes(); }
    void textsOnFills();
    void controls_data() { themes(); }
    void controls();
    void huesStay_data() { themes(); }
    void huesStay();
    void palette_data() { themes(); }
    void palette();
    void styleSheet_data() { themes(); }
    void styleSheet();

private:
    void themes();
};

void ContrastTest::themes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ContrastTest::luminance()
{
    QCOMPARE(luminanceOf(Qt::black), 0.0);
    QCOMPARE(luminanceOf(Qt::white), 1.0);
    QCOMPARE(contrastBetween(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastBetween(Qt::white, Qt::black), 21.0);
    // The grey that the guidelines' own examples have just above and just below the line.
    QVERIFY(contrastBetween(QColor(0x76, 0x76, 0x76), Qt::white) >= 4.5);
    QVERIFY(contrastBetween(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
}

void ContrastTest::readableKeepsTheHue_data()
{
    QTest::addColumn<double>("ratio");
    for (const double ratio : {3.0, 4.5, 7.0})
        QTest::addRow("%.1f", ratio) << ratio;
}

void ContrastTest::readableKeepsTheHue()
{
    QFETCH(const double, ratio);
    for (const QColor on : {QColor(Qt::white), QColor(Qt::black), QColor(0xF1, 0xF1, 0xEE), QColor(0x2B, 0x2F, 0x36)}) {
        for (int hue = 0; hue < 360; hue += 15) {
            for (const int lightness : {40, 128, 200}) {
                const QColor from = QColor::fromHsl(hue, 180, lightness).toRgb();
                const QColor to = readable(from, on, ratio);
                QVERIFY(contrastBetween(to, on) >= ratio);
                if (contrastBetween(from, on) >= ratio)
                    QCOMPARE(to, from);
                // Nearer to the ground it could not be read: not more is changed than has to be.
                else
                    QVERIFY(contrastBetween(to, on) < ratio + 0.35);
                const int turned = std::abs(to.hslHue() - from.hslHue());
                QVERIFY2(std::min(turned, 360 - turned) <= 4, qPrintable(from.name() + u' ' + to.name()));
            }
        }
    }
    const QColor grey = readable(QColor(0xD9, 0xD9, 0xD9), Qt::white, ratio);
    QCOMPARE(grey.red(), grey.green());
    QCOMPARE(grey.red(), grey.blue());
}

void ContrastTest::texts()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    for (const Named& on : together(plainGrounds(theme), tintedGrounds(theme), selectedGrounds(theme))) {
        check({QStringLiteral("ink"), theme.ink}, on, textContrast);
        check({QStringLiteral("soft ink"), theme.softInk}, on, textContrast);
        check({QStringLiteral("a label in the code"), theme.text(theme.accent)}, on, textContrast);
    }
}

void ContrastTest::textsInColour()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    for (const Named& on : together(plainGrounds(theme), selectedGrounds(theme))) {
        check({QStringLiteral("lost"), theme.lost}, on, textContrast);
        check({QStringLiteral("survived"), theme.survived}, on, textContrast);
        for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
            check({letterOf(i), theme.threadText(i)}, on, textContrast);
    }
    for (const Named& on : plainGrounds(theme))
        check({QStringLiteral("accent"), theme.accent}, on, textContrast);
    // A counter, a register and a lock are tinted with the colour of whose value they hold.
    for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
        for (const double opacity : {0.07, 0.1, 0.11})
            check({letterOf(i), theme.threadText(i)},
                  {QStringLiteral("its own tint"), theme.tinted(theme.thread(i), dark ? 0.2 : opacity)}, textContrast);
    check({QStringLiteral("lost"), theme.lost},
          {QStringLiteral("its own tint"), theme.tinted(theme.lost, dark ? 0.18 : 0.08)}, textContrast);
}

void ContrastTest::textsOnFills()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    for (ThreadIndex i = 0; i < theme.threads.size(); ++i) {
        check({QStringLiteral("a letter"), theme.onThread(i)}, {letterOf(i), theme.thread(i)}, textContrast);
        QCOMPARE(theme.on(theme.thread(i)), theme.onThread(i));
    }
    for (const QColor& fill : {theme.accent, theme.survived, theme.lost, theme.softInk})
        check({QStringLiteral("a text"), theme.on(fill)}, {QStringLiteral("a fill"), fill}, textContrast);
    check({QStringLiteral("onAccent"), theme.onAccent}, {QStringLiteral("accent"), theme.accent}, textContrast);
    // Buttons under the pointer and pressed ones.
    for (const QColor& fill :
         {theme.accent.lighter(108), theme.tinted(theme.ink, 0.07), theme.tinted(theme.ink, 0.16)}) {
        const bool strong = fill == theme.accent.lighter(108);
        check({QStringLiteral("a text"), strong ? theme.onAccent : theme.ink}, {QStringLiteral("a button"), fill},
              textContrast);
    }
}

void ContrastTest::controls()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    for (const Named& on : plainGrounds(theme)) {
        check({QStringLiteral("border"), theme.controlLine}, on, controlContrast);
        check({QStringLiteral("focus"), theme.accent}, on, controlContrast);
        for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
            check({letterOf(i), theme.thread(i)}, on, controlContrast);
        check({QStringLiteral("lost"), theme.lost}, on, controlContrast);
        check({QStringLiteral("survived"), theme.survived}, on, controlContrast);
    }
}

void ContrastTest::huesStay()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    const auto near = [](const QColor& one, const QColor& other) {
        const int turned = std::abs(one.hslHue() - other.hslHue());
        return std::min(turned, 360 - turned) <= 4;
    };
    for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
        QVERIFY2(near(theme.thread(i), theme.threadText(i)), qPrintable(letterOf(i)));
    // Eight that can be told from one another, as texts too.
    for (ThreadIndex i = 0; i < theme.threads.size(); ++i)
        for (ThreadIndex k = 0; k < i; ++k)
            QVERIFY(theme.threadText(i) != theme.threadText(k));
}

void ContrastTest::palette()
{
    QFETCH(const bool, dark);
    const QPalette palette = themeOf(dark).palette();
    using Role = QPalette::ColorRole;
    const std::tuple<Role, Role> pairs[] = {{QPalette::WindowText, QPalette::Window},
                                            {QPalette::Text, QPalette::Base},
                                            {QPalette::Text, QPalette::AlternateBase},
                                            {QPalette::ButtonText, QPalette::Button},
                                            {QPalette::HighlightedText, QPalette::Highlight},
                                            {QPalette::ToolTipText, QPalette::ToolTipBase},
                                            {QPalette::PlaceholderText, QPalette::Base},
                                            {QPalette::Link, QPalette::Base},
                                            {QPalette::Link, QPalette::Window},
                                            {QPalette::BrightText, QPalette::Window}};
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
        for (const auto& [text, ground] : pairs)
            check({QStringLiteral("role %1").arg(text), palette.color(group, text)},
                  {QStringLiteral("role %1").arg(ground), palette.color(group, ground)}, textContrast);
}

// Every rule of the style sheet: its text against its ground, and the border of a control against what is around it.
void ContrastTest::styleSheet()
{
    QFETCH(const bool, dark);
    const Theme& theme = themeOf(dark);
    int texts = 0;
    int borders = 0;
    for (const auto& [selector, values] : rulesOf(theme.styleSheet(1))) {
        const auto valueOf = [&rule = values](const char* name) {
            const auto found = rule.find(QLatin1String(name));
            return found == rule.end() ? QString() : found->second;
        };
        const QColor text = colourIn(valueOf("color"));
        const QColor ground = colourIn(valueOf("background"));
        if (text.isValid()) {
            const auto grounds = ground.isValid() ? std::vector<Named>{{selector, ground}} : plainGrounds(theme);
            for (const Named& on : grounds)
                check({selector, text}, on, textContrast);
            ++texts;
        }
        static const QRegularExpression control(
            QStringLiteral("QPushButton|QToolButton|QLineEdit|QAbstractSpinBox|QProgressBar|indicator"));
        const QColor border = colourIn(valueOf("border").isEmpty() ? valueOf("border-color") : valueOf("border"));
        const bool disabled = selector.contains(QLatin1String("disabled"));
        if (border.isValid() && !disabled && control.match(selector).hasMatch()) {
            for (const Named& on : plainGrounds(theme))
                check({selector, border}, on, controlContrast);
            ++borders;
        }
        if (selector.contains(QLatin1String("QScrollBar::handle")))
            check({selector, ground}, {QStringLiteral("panel"), theme.panel}, controlContrast);
    }
    QVERIFY(texts > 10);
    QVERIFY(borders > 5);
}

QTEST_MAIN(ContrastTest)
#include "contrast_test.moc"
