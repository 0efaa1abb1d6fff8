// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/results_csv.h"

#include "support.h"

#include <locale>
#include <sstream>

namespace interleave {
namespace {

constexpr std::string_view headerLine =
    "threads,iterations,sync,cores,window_ns,trial,expected,final,lost,elapsed_ns,ns_per_update,voluntary_switches,"
    "involuntary_switches,recorded_steps,recorded_updates,recorded_surviving,recorded_lost,recorded_clobbering_stores,"
    "recorded_streaks,recorded_bytes,recorded_order_proven\r\n";

ResultsRow counted()
{
    ResultsRow row;
    row.threads = 50;
    row.iterations = 200'000;
    row.synchronisation = Synchronisation::MutexCoarse;
    row.cores = 2;
    row.window = std::chrono::microseconds(20);
    row.trial = 3;
    row.expected = 10'000'000;
    row.final = 9'999'999;
    row.lost = 1;
    row.elapsedNanoseconds = 12345678.25;
    row.nanosecondsPerUpdate = 0.1; // has no exact binary form
    row.voluntarySwitches = 17;
    row.involuntarySwitches = 4;
    return row;
}

ResultsRow recorded()
{
    ResultsRow row = counted();
    row.synchronisation = Synchronisation::None;
    row.expected = UINT64_MAX;
    row.elapsedNanoseconds = 1e300;
    row.nanosecondsPerUpdate = 1.0 / 3;
    row.recorded = RecordedFigures{1, 2, 3, 4, 5, 6, 7, true};
    return row;
}

ResultsTable both()
{
    ResultsTable table;
    table.add(counted());
    table.add(recorded());
    return table;
}

TEST(ResultsCsv, IsWritten)
{
    ResultsTable table;
    EXPECT_EQ(toCsv(table), headerLine);
    table.add(counted());
    EXPECT_EQ(toCsv(table),
              std::string(headerLine)
                  + "50,200000,mutex-coarse,2,20000,3,10000000,9999999,1,12345678.25,0.1,17,4,,,,,,,,\r\n");
    std::ostringstream out;
    writeCsv(table, out);
    EXPECT_EQ(out.str(), toCsv(table));
}

TEST(ResultsCsv, IsReadBackExactly)
{
    const auto read = fromCsv(toCsv(both()));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2u);
    EXPECT_EQ(toCsv(*read), toCsv(both()));
    const ResultsRow& row = read->rows()[1];
    EXPECT_EQ(row.synchronisation, Synchronisation::None);
    EXPECT_EQ(row.expected, UINT64_MAX);
    EXPECT_EQ(row.window, std::chrono::microseconds(20));
    EXPECT_EQ(row.elapsedNanoseconds, 1e300);
    EXPECT_EQ(row.nanosecondsPerUpdate, 1.0 / 3);
    ASSERT_TRUE(row.recorded);
    EXPECT_EQ(row.recorded->steps, 1u);
    EXPECT_EQ(row.recorded->bytes, 7u);
    EXPECT_TRUE(row.recorded->orderProven);
    EXPECT_FALSE(read->rows()[0].recorded);
}

// A locale that writes 1.234,5: taken for all streams and conversions while the test runs.
class GermanPlease {
public:
    GermanPlease() : m_before(std::locale::global(std::locale(std::locale::classic(), new Punctuation))) {}
    ~GermanPlease() { std::locale::global(m_before); }
    GermanPlease(const GermanPlease&) = delete;
    GermanPlease& operator=(const GermanPlease&) = delete;

private:
    struct Punctuation : std::numpunct<char> {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    std::locale m_before;
};

TEST(ResultsCsv, DoesNotDependOnTheLocale)
{
    const std::string before = toCsv(both());
    const GermanPlease german;
    std::ostringstream proof;
    proof << 1234.5;
    ASSERT_EQ(proof.str(), "1.234,5");
    std::ostringstream out;
    writeCsv(both(), out);
    EXPECT_EQ(out.str(), before);
    EXPECT_TRUE(fromCsv(before));
}

TEST(ResultsCsv, ReadsWhatASpreadsheetMadeOfIt)
{
    std::string text = toCsv(both());
    std::erase(text, '\r');
    const std::string plain = "mutex-coarse";
    text.replace(text.find(plain), plain.size(), "\"mutex-coarse\"");
    const auto read = fromCsv(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(toCsv(*read), toCsv(both()));
}

struct Broken {
    const char* name;
    std::string_view from;
    std::string_view to;
    CsvError::Kind kind;
    std::size_t line;
    std::size_t column;
};

void PrintTo(const Broken& broken, std::ostream* out)
{
    *out << broken.name;
}

class ResultsCsvRefuses : public testing::TestWithParam<Broken> {};

TEST_P(ResultsCsvRefuses, WhatItDidNotWrite)
{
    const Broken& broken = GetParam();
    std::string text = toCsv(both());
    const std::size_t at = text.find(broken.from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, broken.from.size(), broken.to);
    const auto read = fromCsv(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, broken.kind);
    EXPECT_EQ(read.error().line, broken.line);
    EXPECT_EQ(read.error().column, broken.column);
}

INSTANTIATE_TEST_SUITE_P(
    Text, ResultsCsvRefuses,
    testing::Values(Broken{"OtherHeader", "threads", "strands", CsvError::Kind::NoHeader, 1, 0},
                    Broken{"UnknownWay", "mutex-coarse", "luck", CsvError::Kind::BadField, 2, 3},
                    Broken{"Negative", "20000,3,", "-20000,3,", CsvError::Kind::BadField, 2, 5},
                    Broken{"NotANumber", "12345678.25", "soon", CsvError::Kind::BadField, 2, 10},
                    Broken{"Infinite", "12345678.25", "inf", CsvError::Kind::BadField, 2, 10},
                    Broken{"HalfRecorded", ",4,,", ",4,1,", CsvError::Kind::BadField, 2, 15},
                    Broken{"TooFewFields", "50,200000,", "50,", CsvError::Kind::FieldsMissing, 2, 0},
                    Broken{"NeitherTrueNorFalse", "true", "maybe", CsvError::Kind::BadField, 3, 21},
                    Broken{"OpenQuote", "none", "\"none", CsvError::Kind::OpenQuote, 3, 0}),
    [](const auto& sample) { return std::string(sample.param.name); });

TEST(ResultsCsv, OfNothingIsNone)
{
    ASSERT_FALSE(fromCsv(""));
    EXPECT_EQ(fromCsv("").error().kind, CsvError::Kind::NoHeader);
}

} // namespace
} // namespace interleave
