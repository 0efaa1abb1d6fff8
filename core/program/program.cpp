// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/program.h"

#include <algorithm>

namespace interleave {

const Variable* Program::variableNamed(std::string_view name) const
{
    const auto found = std::find_if(variables.begin(), variables.end(),
                                    [name](const Variable& v) { return v.name == name; });
    return found == variables.end() ? nullptr : &*found;
}

} // namespace interleave
