// SPDX-License-Identifier: GPL-3.0-or-later
#include "x86_options.h"

#include <QCoreApplication>
#include <array>
#include <limits>
#include <optional>
#include <string_view>
#include <variant>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::X86Options)
};

using Options = X86Options;
using Target = std::variant<Integer Options::*, std::int64_t Options::*, std::string Options::*, bool Options::*>;

struct Flag {
    char letter;
    std::string_view name;
    Target target;
};

const std::array<Flag, 16> flags{{
    {'s', "seed", &Options::seed},
    {'t', "threads", &Options::threads},
    {'p', "program", &Options::program},
    {'i', "interrupt", &Options::interval},
    {'P', "procsched", &Options::schedule},
    {'r', "randints", &Options::randomIntervals},
    {'a', "argv", &Options::registers},
    {'L', "loadaddr", &Options::loadAddress},
    {'m', "memsize", &Options::memoryKilobytes},
    {'M', "memtrace", &Options::tracedCells},
    {'R', "regtrace", &Options::tracedRegisters},
    {'C', "cctrace", &Options::traceFlags},
    {'S', "printstats", &Options::statistics},
    {'v', "verbose", &Options::verbose},
    {'H', "headercount", &Options::headerEvery},
    {'c', "compute", &Options::compute},
}};

QString shown(std::string_view text)
{
    return QString::fromLocal8Bit(text.data(), static_cast<qsizetype>(text.size()));
}

// Decimal, or with the prefixes 0x, 0b and 0, which the original's option parser knows.
std::optional<Integer> numberFrom(std::string_view text)
{
    const auto prefixed = [text](std::string_view small, std::string_view large) {
        return text.starts_with(small) || text.starts_with(large);
    };
    std::int64_t base = 10;
    std::string_view digits = text;
    if (prefixed("0x", "0X") || prefixed("0b", "0B")) {
        base = prefixed("0x", "0X") ? 16 : 2;
        digits = text.substr(2);
    } else if (text.size() > 1 && text.front() == '0') {
        base = 8;
        digits = text.substr(1);
    }
    if (base == 10)
        return Integer::parsed(text);
    constexpr std::size_t mostDigits = 4096;
    if (digits.empty() || digits.size() > mostDigits)
        return std::nullopt;
    Integer number;
    for (const char c : digits) {
        const int digit = c >= '0' && c <= '9' ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : 16;
        if (digit >= base)
            return std::nullopt;
        number = number * Integer(base) + Integer(digit);
    }
    return number;
}

// Takes words off the command line and keeps the first problem.
class Reader {
public:
    explicit Reader(const std::vector<std::string>& arguments) : m_arguments(arguments) {}

    Options::Parsed read()
    {
        while (m_next < m_arguments.size() && m_parsed.problem.isEmpty() && !m_parsed.helpAsked) {
            const std::string_view word = m_arguments[m_next++];
            if (word.starts_with("--") && word.size() > 2)
                readLong(word);
            else if (word.starts_with('-') && word.size() > 1 && word != "--")
                readShort(word);
            else
                refuse(Texts::tr("x86 takes options only, not '%1'; the program is named with -p.").arg(shown(word)));
        }
        return std::move(m_parsed);
    }

private:
    void refuse(const QString& sentence)
    {
        if (m_parsed.problem.isEmpty())
            m_parsed.problem = sentence;
    }

    void unknown(std::string_view option)
    {
        refuse(Texts::tr("x86 has no option '%1'; see interleave x86 --help.").arg(shown(option)));
    }

    // --name, --name=value, --name value; a beginning that only one name has will do.
    void readLong(std::string_view word)
    {
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(2, equals == std::string_view::npos ? equals : equals - 2);
        const Flag* found = nullptr;
        std::size_t candidates = 0;
        for (const Flag& flag : flags)
            if (flag.name.starts_with(name)) {
                ++candidates;
                if (!found || flag.name == name)
                    found = &flag;
            }
        const bool isHelp = std::string_view("help").starts_with(name);
        if (isHelp && (candidates == 0 || name == "help")) {
            m_parsed.helpAsked = true;
            return;
        }
        if (!found)
            return unknown(word.substr(0, equals));
        if ((candidates > 1 || isHelp) && found->name != name)
            return refuse(Texts::tr("'%1' is the beginning of several options; see interleave x86 --help.")
                              .arg(shown(word.substr(0, equals))));
        const auto attached = equals == std::string_view::npos ? std::nullopt : std::optional(word.substr(equals + 1));
        if (std::holds_alternative<bool Options::*>(found->target) && attached)
            return refuse(Texts::tr("--%1 takes no value.").arg(shown(found->name)));
        take(*found, "--" + std::string(found->name), attached);
    }

    // -c, -cS, -t2, -t 2.
    void readShort(std::string_view word)
    {
        for (std::size_t i = 1; i < word.size() && m_parsed.problem.isEmpty(); ++i) {
            if (word[i] == 'h') {
                m_parsed.helpAsked = true;
                return;
            }
            const Flag* found = nullptr;
            for (const Flag& flag : flags)
                if (flag.letter == word[i])
                    found = &flag;
            const std::string option{'-', word[i]};
            if (!found)
                return unknown(option);
            const bool isSwitch = std::holds_alternative<bool Options::*>(found->target);
            const bool takesRest = !isSwitch && i + 1 < word.size();
            take(*found, option, takesRest ? std::optional(word.substr(i + 1)) : std::nullopt);
            if (!isSwitch)
                return;
        }
    }

    void take(const Flag& flag, const std::string& option, std::optional<std::string_view> value)
    {
        if (const auto* target = std::get_if<bool Options::*>(&flag.target)) {
            m_parsed.options.*(*target) = true;
            return;
        }
        if (!value) {
            if (m_next == m_arguments.size())
                return refuse(Texts::tr("%1 needs a value.").arg(shown(option)));
            value = m_arguments[m_next++];
        }
        if (const auto* text = std::get_if<std::string Options::*>(&flag.target)) {
            m_parsed.options.*(*text) = *value;
            return;
        }
        auto number = numberFrom(*value);
        const auto* small = std::get_if<std::int64_t Options::*>(&flag.target);
        if (!number || (small && !number->isSmall()))
            return refuse(Texts::tr("%1 must be a whole number, not '%2'.").arg(shown(option), shown(*value)));
        if (small)
            m_parsed.options.*(*small) = number->small();
        else
            m_parsed.options.*std::get<Integer Options::*>(flag.target) = *std::move(number);
    }

    const std::vector<std::string>& m_arguments;
    std::size_t m_next = 0;
    Options::Parsed m_parsed;
};

} // namespace

Options::Parsed Options::parse(const std::vector<std::string>& arguments)
{
    return Reader(arguments).read();
}

QString Options::helpText()
{
    return Texts::tr("Usage: interleave x86 -p FILE.s [options]\n"
                     "Runs a program of the classroom dialect and prints what the classroom simulator prints.\n"
                     "\n"
                     "  -s, --seed N         seed of the random intervals (0)\n"
                     "  -t, --threads N      threads (2)\n"
                     "  -p, --program FILE   the program\n"
                     "  -i, --interrupt N    instructions between interrupts (50)\n"
                     "  -r, --randints       draw each interval, up to the one of -i\n"
                     "  -P, --procsched S    who runs, one digit for each instruction, over and over: 0011\n"
                     "  -a, --argv A         start registers, for all threads or each: ax=1:bx=2,cx=3\n"
                     "  -L, --loadaddr N     address of the first instruction (1000)\n"
                     "  -m, --memsize N      memory in KB (128)\n"
                     "  -M, --memtrace L     cells to trace, addresses or names: 2000,count\n"
                     "  -R, --regtrace L     registers to trace: ax,bx\n"
                     "  -C, --cctrace        trace the flags\n"
                     "  -S, --printstats     count instructions, and print statistics at the end\n"
                     "  -v, --verbose        print what is loaded\n"
                     "  -H, --headercount N  repeat the header every N instructions\n"
                     "  -c, --compute        print traced values instead of question marks\n"
                     "  -h, --help           print this help\n");
}

} // namespace interleave
