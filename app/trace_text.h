// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json_text.h"
#include "output_buffer.h"
#include "trace_walk.h"

#include <map>
#include <string>
#include <vector>

namespace interleave {

// Prints the steps of a run, a line each, in columns.
class TraceText {
public:
    TraceText(const MachineHistory& history, OutputBuffer& out);

    void printHeader();
    void print(const TraceWalk& walk);

private:
    void printChange(std::string_view name, const Integer& before, const Integer& after);
    void printInstruction(const TraceWalk& walk);
    void printDeed(const TraceWalk& walk);
    void printChanges(const TraceWalk& walk);
    void printNumber(const Integer& number);
    void say(std::string_view text);
    [[nodiscard]] const std::string& cell(std::int64_t address);
    // Begins one more thing that the step did, and pads the line up to there at the first.
    void deed();

    const Program& m_program;
    OutputBuffer& m_out;
    std::size_t m_stepWidth;
    std::size_t m_tickWidth;
    std::size_t m_instructionWidth;
    std::vector<std::string> m_letters;      // of the threads, as wide as their column
    std::vector<std::string> m_instructions; // shortened where they are longer than the column
    std::vector<std::size_t> m_missing;      // spaces that fill the column
    std::map<std::int64_t, std::string> m_cells;
    std::size_t m_owed = 0; // spaces, if anything follows
    bool m_hasDeed = false;
};

// The same as an element of a JSON array.
void appendStep(JsonText& json, const TraceWalk& walk, const Program& program);

} // namespace interleave
