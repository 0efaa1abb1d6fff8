// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/results_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>
#include <ostream>
#include <vector>

namespace interleave {

namespace {

constexpr std::array<std::string_view, 21> header = {
    "threads",
    "iterations",
    "sync",
    "cores",
    "window_ns",
    "trial",
    "expected",
    "final",
    "lost",
    "elapsed_ns",
    "ns_per_update",
    "voluntary_switches",
    "involuntary_switches",
    "recorded_steps",
    "recorded_updates",
    "recorded_surviving",
    "recorded_lost",
    "recorded_clobbering_stores",
    "recorded_streaks",
    "recorded_bytes",
    "recorded_order_proven",
};
constexpr std::size_t countedFields = 13;
static_assert(header[countedFields] == "recorded_steps");

class RecordWriter {
public:
    explicit RecordWriter(std::string& out) : m_out(out) {}
    ~RecordWriter() { m_out += "\r\n"; }
    RecordWriter(const RecordWriter&) = delete;
    RecordWriter& operator=(const RecordWriter&) = delete;

    // No field holds a comma, a quote or a line break, so none is quoted.
    RecordWriter& operator<<(std::string_view field)
    {
        if (m_began)
            m_out += ',';
        m_began = true;
        m_out += field;
        return *this;
    }

    template <typename Number>
        requires std::integral<Number> || std::floating_point<Number>
    RecordWriter& operator<<(Number number)
    {
        std::array<char, 32> digits;
        const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return *this << std::string_view(digits.data(), written.ptr);
    }

private:
    std::string& m_out;
    bool m_began = false;
};

void writeRow(const ResultsRow& row, std::string& out)
{
    RecordWriter record(out);
    record << row.threads << row.iterations << nameOf(row.synchronisation) << row.cores << row.window.count()
           << row.trial << row.expected << row.final << row.lost << row.elapsedNanoseconds << row.nanosecondsPerUpdate
           << row.voluntarySwitches << row.involuntarySwitches;
    if (row.recorded) {
        const RecordedFigures& figures = *row.recorded;
        record << figures.steps << figures.updates << figures.surviving << figures.lost << figures.clobberingStores
               << figures.streaks << figures.bytes << std::string_view(figures.orderProven ? "true" : "false");
    } else {
        for (std::size_t field = countedFields; field < header.size(); ++field)
            record << std::string_view();
    }
}

struct Record {
    std::vector<std::string> fields;
    std::size_t line = 1; // where it begins
};

// Takes the next record off the text; none if a quoted field does not end.
std::optional<Record> takeRecord(std::string_view& text, std::size_t& line)
{
    Record record{{std::string()}, line};
    bool quoted = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n')
            ++line;
        if (quoted) {
            if (c != '"')
                record.fields.back() += c;
            else if (i + 1 < text.size() && text[i + 1] == '"')
                record.fields.back() += text[++i];
            else
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            record.fields.emplace_back();
        } else if (c == '\n') {
            ++i;
            break;
        } else if (c != '\r') {
            record.fields.back() += c;
        }
    }
    text.remove_prefix(i);
    if (quoted)
        return std::nullopt;
    return record;
}

class FieldReader {
public:
    explicit FieldReader(const std::vector<std::string>& fields) : m_fields(fields) {}

    template <typename Number>
    FieldReader& operator>>(Number& number)
    {
        const std::string& field = next();
        const auto read = std::from_chars(field.data(), field.data() + field.size(), number);
        bool good = read.ec == std::errc() && read.ptr == field.data() + field.size();
        if constexpr (std::floating_point<Number>)
            good = good && std::isfinite(number) && number >= 0;
        return check(good);
    }

    FieldReader& operator>>(Synchronisation& way)
    {
        const auto named = synchronisationNamed(next());
        way = named.value_or(way);
        return check(named.has_value());
    }

    FieldReader& operator>>(std::chrono::nanoseconds& time)
    {
        std::uint64_t count = 0;
        *this >> count;
        time = std::chrono::nanoseconds(count);
        return *this;
    }

    FieldReader& operator>>(bool& flag)
    {
        const std::string& field = next();
        flag = field == "true";
        return check(flag || field == "false");
    }

    // Column of the first field that was not what it should be, counted from 1; 0 if all were.
    [[nodiscard]] std::size_t badColumn() const { return m_badColumn; }

private:
    const std::string& next() { return m_fields[m_read++]; }
    FieldReader& check(bool good)
    {
        if (!good && m_badColumn == 0)
            m_badColumn = m_read;
        return *this;
    }

    const std::vector<std::string>& m_fields;
    std::size_t m_read = 0;
    std::size_t m_badColumn = 0;
};

Result<ResultsRow, CsvError> readRow(const Record& record)
{
    if (record.fields.size() != header.size())
        return CsvError{CsvError::Kind::FieldsMissing, record.line};
    ResultsRow row;
    FieldReader fields(record.fields);
    fields >> row.threads >> row.iterations >> row.synchronisation >> row.cores >> row.window >> row.trial
        >> row.expected >> row.final >> row.lost >> row.elapsedNanoseconds >> row.nanosecondsPerUpdate
        >> row.voluntarySwitches >> row.involuntarySwitches;
    const bool isRecorded = std::any_of(record.fields.begin() + countedFields, record.fields.end(),
                                        [](const std::string& field) { return !field.empty(); });
    if (isRecorded) {
        RecordedFigures figures;
        fields >> figures.steps >> figures.updates >> figures.surviving >> figures.lost >> figures.clobberingStores
            >> figures.streaks >> figures.bytes >> figures.orderProven;
        row.recorded = figures;
    }
    if (fields.badColumn() != 0)
        return CsvError{CsvError::Kind::BadField, record.line, fields.badColumn()};
    return row;
}

} // namespace

std::string toCsv(const ResultsTable& table)
{
    std::string out;
    {
        RecordWriter record(out);
        for (const std::string_view name : header)
            record << name;
    }
    for (const ResultsRow& row : table.rows())
        writeRow(row, out);
    return out;
}

void writeCsv(const ResultsTable& table, std::ostream& out)
{
    const std::string text = toCsv(table);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

Result<ResultsTable, CsvError> fromCsv(std::string_view text)
{
    std::size_t line = 1;
    const auto first = takeRecord(text, line);
    if (!first || !std::ranges::equal(first->fields, header))
        return CsvError{CsvError::Kind::NoHeader, 1};
    ResultsTable table;
    while (!text.empty()) {
        const std::size_t begin = line;
        const auto record = takeRecord(text, line);
        if (!record)
            return CsvError{CsvError::Kind::OpenQuote, begin};
        auto row = readRow(*record);
        if (!row)
            return row.error();
        table.add(std::move(row).value());
    }
    return table;
}

} // namespace interleave
