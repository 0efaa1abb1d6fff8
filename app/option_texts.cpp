// SPDX-License-Identifier: GPL-3.0-or-later
#include "option_texts.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::OptionTexts)
};

} // namespace

QString helpOf(const QList<QCommandLineOption>& options)
{
    QStringList names;
    qsizetype widest = 0;
    for (const QCommandLineOption& option : options) {
        QString name = QStringLiteral("--") + option.names().constLast();
        if (!option.valueName().isEmpty())
            name += QStringLiteral(" <%1>").arg(option.valueName());
        widest = std::max(widest, name.size());
        names.append(name);
    }
    QString text;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QCommandLineOption& option = options[i];
        text += QStringLiteral("  ") + names[i].leftJustified(widest + 2) + option.description();
        if (!option.defaultValues().isEmpty())
            text += QStringLiteral(" [%1]").arg(option.defaultValues().constFirst());
        text += QLatin1Char('\n');
    }
    return text;
}

QString parsingProblem(const QCommandLineParser& parser, const QString& command)
{
    const QStringList unknown = parser.unknownOptionNames();
    if (unknown.isEmpty()) {
        const QString why = parser.errorText();
        return Texts::tr("%1; interleave %2 --help lists what is allowed.", "what was wrong, command")
            .arg(why.chopped(why.endsWith(QLatin1Char('.')) ? 1 : 0), command);
    }
    const QString& name = unknown.constFirst();
    return Texts::tr("%1 has no option '%2'; interleave %1 --help lists them.", "command, option")
        .arg(command, (name.size() > 1 ? QStringLiteral("--") : QStringLiteral("-")) + name);
}

} // namespace interleave
