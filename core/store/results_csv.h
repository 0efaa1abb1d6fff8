// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "experiment/results_table.h"
#include "result.h"

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace interleave {

// The results table as text, RFC 4180: a header with the names that `--json` uses, one record a run, lines ended by
// CR LF. Numbers are written the same way in every locale and read back exactly; the recorded_ fields of a counted run
// are empty.
[[nodiscard]] std::string toCsv(const ResultsTable& table);
void writeCsv(const ResultsTable& table, std::ostream& out);

struct CsvError {
    enum class Kind {
        NoHeader,      // the first record is not the header
        FieldsMissing, // the record has more or fewer fields than the header
        BadField,      // `column`, counted from 1, is not what it should be
        OpenQuote,     // the text ends inside a quoted field
    };
    Kind kind = Kind::NoHeader;
    std::size_t line = 1; // counted from 1
    std::size_t column = 0;
};

// Reads what toCsv wrote, or what a spreadsheet made of it: fields may be quoted and lines end in LF alone.
[[nodiscard]] Result<ResultsTable, CsvError> fromCsv(std::string_view text);

} // namespace interleave
