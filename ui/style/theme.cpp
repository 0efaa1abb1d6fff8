// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/theme.h"

#include "style/contrast.h"

#include <QFontInfo>
#include <QRegularExpression>
#include <QWidget>
#include <initializer_list>

namespace interleave {

namespace {

// Of colours behind a text in the same colour.
constexpr double faintTintLight = 0.11;
constexpr double faintTintDark = 0.2;
// Of the accent behind what is selected.
constexpr double selectionTint = 0.1;

QColor hex(const char* name)
{
    return QColor(QLatin1String(name));
}

QColor mixed(const QColor& below, const QColor& above, double opacity)
{
    const auto mix = [opacity](int from, int to) {
        return static_cast<int>(from * (1 - opacity) + to * opacity + 0.5);
    };
    return {mix(below.red(), above.red()), mix(below.green(), above.green()), mix(below.blue(), above.blue())};
}

QColor readableOn(std::initializer_list<QColor> grounds, QColor colour, double ratio)
{
    // All grounds of a theme are on one side of its text, so that none of these undoes another.
    for (const QColor& ground : grounds)
        colour = readable(colour, ground, ratio);
    return colour;
}

// From the hues to what can be told apart, and to what can be read.
Theme adapted(Theme theme)
{
    const Theme hues = theme;
    const auto plain = {hues.ground, hues.panel, hues.card};
    const double faint = hues.dark ? faintTintDark : faintTintLight;
    theme.accent = readableOn(plain, hues.accent, textContrast);
    const auto words = {hues.ground, hues.panel, hues.card, theme.selectionOn(hues.panel)};
    for (std::size_t i = 0; i < hues.threads.size(); ++i) {
        theme.threads[i] = readableOn(plain, hues.threads[i], controlContrast);
        theme.threadTexts[i] = readable(readableOn(words, hues.threads[i], textContrast),
                                        hues.tinted(theme.threads[i], faint));
        theme.onThreads[i] = theme.on(theme.threads[i]);
    }
    theme.lost = readable(readableOn(words, hues.lost, textContrast), hues.tinted(hues.lost, faint));
    theme.survived = readable(readableOn(words, hues.survived, textContrast), hues.tinted(hues.survived, faint));
    theme.controlLine = readableOn(plain, mixed(hues.line, hues.softInk, 0.5), controlContrast);
    theme.softInk = theme.text(hues.softInk);
    return theme;
}

} // namespace

const Theme& Theme::light()
{
    static const Theme theme = adapted({false,
                                        hex("#FAFAF8"),
                                        hex("#F1F1EE"),
                                        hex("#FFFFFF"),
                                        hex("#D9D9D4"),
                                        hex("#1F2328"),
                                        hex("#626B75"),
                                        hex("#1668B8"),
                                        hex("#FFFFFF"),
                                        hex("#C62839"),
                                        hex("#1E8E5A"),
                                        {hex("#0068AE"), hex("#C77B00"), hex("#00835F"), hex("#A94C87"), hex("#5B6BBF"),
                                         hex("#8A6D3B"), hex("#00808F"), hex("#6B7A00")},
                                        {},
                                        {},
                                        {}});
    return theme;
}

const Theme& Theme::darkTheme()
{
    static const Theme theme = adapted({true,
                                        hex("#1B1D21"),
                                        hex("#23262B"),
                                        hex("#2B2F36"),
                                        hex("#3A3F47"),
                                        hex("#E9EBEE"),
                                        hex("#9AA3AE"),
                                        hex("#5AA7F0"),
                                        hex("#101317"),
                                        hex("#FF6B6B"),
                                        hex("#5CC58E"),
                                        {hex("#3D8FD9"), hex("#F0A63C"), hex("#35C39A"), hex("#D58BB5"), hex("#9AA6F2"),
                                         hex("#C9A66B"), hex("#4CC3D1"), hex("#B9C95A")},
                                        {},
                                        {},
                                        {}});
    return theme;
}

const Theme& Theme::forPalette(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? darkTheme() : light();
}

const Theme& Theme::of(const QWidget* widget)
{
    return forPalette(widget->palette());
}

QColor Theme::tinted(const QColor& over, double opacity) const
{
    return mixed(ground, over, opacity);
}

QColor Theme::selectionOn(const QColor& below) const
{
    return mixed(below, accent, selectionTint);
}

QColor Theme::on(const QColor& fill) const
{
    // White on amber cannot be read, and amber made darker is brown.
    return contrastBetween(onAccent, fill) >= textContrast ? onAccent : readable(ink, fill);
}

QColor Theme::text(const QColor& hue) const
{
    QColor colour = readableOn({ground, panel, card, line, rowTint(accent)}, hue, textContrast);
    for (const QColor& own : threads)
        colour = readable(colour, rowTint(own));
    return colour;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, panel);
    p.setColor(QPalette::WindowText, ink);
    p.setColor(QPalette::Base, card);
    p.setColor(QPalette::AlternateBase, panel);
    p.setColor(QPalette::Text, ink);
    p.setColor(QPalette::PlaceholderText, softInk);
    p.setColor(QPalette::Button, card);
    p.setColor(QPalette::ButtonText, ink);
    p.setColor(QPalette::BrightText, lost);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::ToolTipBase, card);
    p.setColor(QPalette::ToolTipText, ink);
    p.setColor(QPalette::Light, card);
    p.setColor(QPalette::Midlight, panel);
    p.setColor(QPalette::Mid, line);
    p.setColor(QPalette::Dark, softInk);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, softInk);
    return p;
}

QString Theme::styleSheet(double scale) const
{
    // Names in braces are colours of the theme; numbers followed by "u" are design pixels.
    static const QString source = QStringLiteral(R"(
QMainWindow, QDialog, QStatusBar { background: {panel}; }
QToolTip { background: {card}; color: {ink}; border: 1px solid {line}; padding: 4u; }
QMenuBar { background: {panel}; color: {ink}; padding: 2u; }
QMenuBar::item { padding: 4u 10u; background: transparent; border-radius: 4u; }
QMenuBar::item:selected { background: {line}; }
QMenu { background: {card}; color: {ink}; border: 1px solid {line}; padding: 4u; }
QMenu::item { padding: 6u 28u 6u 24u; border-radius: 4u; }
QMenu::item:selected { background: {accent}; color: {onAccent}; }
QMenu::item:disabled { color: {softInk}; }
QMenu::separator { height: 1px; background: {line}; margin: 4u 8u; }
QToolBar { background: {panel}; border: none; border-bottom: 1px solid {line}; padding: 6u 8u; spacing: 6u; }
QPushButton, QToolBar QToolButton { background: {card}; color: {ink}; border: 1px solid {controlLine}; border-radius: 6u;
    padding: 5u 12u; min-height: 18u; }
QPushButton:hover, QToolBar QToolButton:hover { border-color: {accent}; }
QPushButton:focus, QToolBar QToolButton:focus { border: 2px solid {accent}; padding: 4u 11u; }
QPushButton:pressed, QToolBar QToolButton:pressed { background: {line}; }
QPushButton:disabled, QToolBar QToolButton:disabled { color: {softInk}; background: {panel}; }
QPushButton[primary="true"], QToolBar QToolButton[primary="true"] { background: {accent}; color: {onAccent};
    border-color: {accent}; font-weight: bold; }
QPushButton[primary="true"]:disabled, QToolBar QToolButton[primary="true"]:disabled { background: {panel};
    color: {softInk}; border-color: {line}; }
QPushButton:checked { background: {accent}; color: {onAccent}; border-color: {accent}; }
QLineEdit, QAbstractSpinBox { background: {card}; color: {ink}; border: 1px solid {controlLine}; border-radius: 5u;
    padding: 3u 6u; selection-background-color: {accent}; selection-color: {onAccent}; }
QLineEdit:hover, QAbstractSpinBox:hover { border-color: {accent}; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid {accent}; padding: 2u 5u; }
QLineEdit:disabled, QAbstractSpinBox:disabled { background: {panel}; color: {softInk}; border-color: {line}; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; }
QComboBox QAbstractItemView { background: {card}; color: {ink}; border: 1px solid {line}; outline: none; padding: 3u;
    selection-background-color: {accent}; selection-color: {onAccent}; }
QComboBox QAbstractItemView::item { min-height: 24u; padding: 0 5u; border: none; }
QComboBox QAbstractItemView::item:selected { background: {accent}; color: {onAccent}; border-radius: 4u; }
QPushButton::menu-indicator { subcontrol-origin: border; subcontrol-position: right center; width: 9u; right: 3u; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 0; min-height: 0; border: none; border-radius: 4u; }
QTabWidget::pane { border: none; border-top: 1px solid {line}; background: {ground}; }
QTabBar { background: {ground}; }
QTabBar::tab { background: transparent; color: {softInk}; padding: 8u 22u; border: none; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: {ink}; font-weight: bold; border-bottom-color: {accent}; }
QTabBar::tab:hover { color: {ink}; }
QTabBar::tab:focus { color: {accent}; }
QSplitter::handle { background: {line}; }
QSplitter::handle:hover { background: {accent}; }
QProgressBar { background: {card}; color: {ink}; border: 1px solid {controlLine}; border-radius: 6u; text-align: center; min-height: 18u; }
QProgressBar::chunk { background: {accent}; border-radius: 5u; }
QScrollBar:vertical { background: transparent; width: 12u; margin: 0; }
QScrollBar::handle:vertical { background: {controlLine}; border-radius: 5u; min-height: 28u; margin: 1u; }
QScrollBar:horizontal { background: transparent; height: 12u; margin: 0; }
QScrollBar::handle:horizontal { background: {controlLine}; border-radius: 5u; min-width: 28u; margin: 1u; }
QScrollBar::handle:hover { background: {softInk}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)");
    QString sheet = source;
    const std::pair<const char*, QColor> colours[] =
        {{"{ground}", ground}, {"{panel}", panel},       {"{card}", card},
         {"{line}", line},     {"{ink}", ink},           {"{softInk}", softInk},
         {"{accent}", accent}, {"{onAccent}", onAccent}, {"{controlLine}", controlLine}};
    for (const auto& [name, colour] : colours)
        sheet.replace(QLatin1String(name), colour.name());
    static const QRegularExpression length(QStringLiteral("\\b(\\d+)u\\b"));
    QString scaled;
    qsizetype from = 0;
    for (auto match = length.globalMatch(sheet); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        scaled += QStringView(sheet).sliced(from, found.capturedStart() - from);
        scaled += QString::number(qRound(found.capturedView(1).toInt() * scale)) + QStringLiteral("px");
        from = found.capturedEnd();
    }
    scaled += QStringView(sheet).sliced(from);
    return scaled;
}

QString letterOf(ThreadIndex index)
{
    QString letters;
    for (std::uint64_t rest = std::uint64_t{index} + 1; rest > 0; rest = (rest - 1) / 26)
        letters.prepend(QChar(static_cast<char16_t>(u'A' + (rest - 1) % 26)));
    return letters;
}

double unitOf(const QWidget* widget)
{
    return QFontInfo(widget->font()).pixelSize() / static_cast<double>(normalTextPixels);
}

} // namespace interleave
