// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/figure_label.h"

#include "program/integer.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QLocale>
#include <QScopedValueRollback>
#include <algorithm>

namespace interleave {

namespace {

constexpr int leastPixels = 11;         // design pixels
constexpr qsizetype mostInATip = 2'000; // digits
constexpr qsizetype digitsOfALine = 40;
constexpr qsizetype digitsRounded = 6;
constexpr qsizetype fewDigits = 10; // and fewer always fit

QString superscript(qsizetype number)
{
    static constexpr char16_t digits[] = u"\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
    QString raised;
    for (const QChar digit : QString::number(number))
        raised += QChar(digits[digit.digitValue()]);
    return raised;
}

// "≈ 1.23456 × 10⁴⁵", of digits that may have a sign.
QString roundedText(const QString& digits)
{
    const bool negative = digits.startsWith(QLatin1Char('-'));
    const QString all = negative ? digits.mid(1) : digits;
    double mantissa = all.left(15).toDouble(); // as many digits as it holds exactly
    while (mantissa >= 10)
        mantissa /= 10;
    QString text = QLocale().toString(mantissa, 'f', static_cast<int>(digitsRounded) - 1);
    qsizetype power = all.size() - 1;
    if (QLocale().toDouble(text) >= 10) {
        text = QLocale().toString(1.0, 'f', static_cast<int>(digitsRounded) - 1);
        ++power;
    }
    if (negative)
        text.prepend(QLocale().negativeSign());
    return FigureLabel::tr("≈ %1 × 10%2", "a number that is rounded, and its power").arg(text, superscript(power));
}

QString inLines(const QString& digits)
{
    if (digits.size() > mostInATip)
        return FigureLabel::tr("A number of %1 digits").arg(numberText(digits.size()));
    QStringList lines;
    for (qsizetype from = 0; from < digits.size(); from += digitsOfALine)
        lines << digits.mid(from, digitsOfALine);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

FigureLabel::FigureLabel(const QString& name, QWidget* parent) : QLabel(parent), m_name(name)
{
    setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextFormat(Qt::PlainText);
    setAccessibleDescription(name);
}

void FigureLabel::setFigure(const QString& figure)
{
    set(figure, {}, {});
}

void FigureLabel::setFigure(const Integer& figure)
{
    const QString digits = QString::fromStdString(figure.toString());
    if (digits.size() > digitsOfALine)
        set({}, roundedText(digits), digits);
    else
        set(figure.isSmall() ? numberText(figure.small()) : digits,
            digits.size() > fewDigits ? roundedText(digits) : QString(), digits);
}

void FigureLabel::set(const QString& whole, const QString& rounded, const QString& allDigits)
{
    m_whole = whole;
    m_rounded = rounded;
    m_allDigits = allDigits;
    fit();
}

void FigureLabel::setExplanation(const QString& explanation)
{
    m_explanation = explanation;
    fit();
}

void FigureLabel::setLook(const QColor& ink, int pixels, bool bold)
{
    QPalette coloured = palette();
    coloured.setColor(QPalette::WindowText, ink);
    setPalette(coloured);
    m_pixels = pixels;
    m_bold = bold;
    fit();
}

QFont FigureLabel::fontOf(int pixels) const
{
    QFont of = parentWidget() ? parentWidget()->font() : font();
    const double unit = parentWidget() ? unitOf(parentWidget()) : 1;
    of.setPixelSize(static_cast<int>(pixels * unit));
    of.setBold(m_bold);
    return of;
}

// As high as it is at its full size, so that nothing moves when it gets smaller.
QSize FigureLabel::sizeHint() const
{
    const QFontMetrics metrics(fontOf(m_pixels));
    return {metrics.horizontalAdvance(m_whole.isEmpty() ? m_rounded : m_whole), metrics.height()};
}

QSize FigureLabel::minimumSizeHint() const
{
    const QFontMetrics metrics(fontOf(leastPixels));
    return {metrics.horizontalAdvance(m_rounded.isEmpty() ? m_whole : m_rounded), sizeHint().height()};
}

void FigureLabel::fit()
{
    const QScopedValueRollback fitting(m_fitting, true);
    const auto fits = [this](const QString& text, int pixels) {
        return QFontMetrics(fontOf(pixels)).horizontalAdvance(text) <= width();
    };
    int pixels = m_pixels;
    while (pixels > leastPixels && !fits(m_whole, pixels))
        --pixels;
    const bool rounds = !m_rounded.isEmpty() && (m_whole.isEmpty() || !fits(m_whole, pixels));
    if (rounds)
        for (pixels = m_pixels; pixels > leastPixels && !fits(m_rounded, pixels);)
            --pixels;
    setFont(fontOf(pixels));
    setText(rounds ? m_rounded : m_whole);
    const QString all = rounds ? inLines(m_allDigits) : QString();
    setToolTip(all.isEmpty() || m_explanation.isEmpty() ? all + m_explanation
                                                        : all + QLatin1Char('\n') + m_explanation);
    setAccessibleDescription(
        rounds ? tr("%1: %2", "the name of a figure, and all of its digits").arg(m_name, inLines(m_allDigits))
               : m_name);
    updateGeometry();
}

void FigureLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    if (!m_fitting)
        fit();
}

} // namespace interleave
