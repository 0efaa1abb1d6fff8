# SPDX-License-Identifier: GPL-3.0-or-later
#
# The built-in programs are files in resources/programs, and texts in the library: core reads no files at run time.
#
#   embed_programs(TARGET DIRECTORY NAME [python] [cpp] NAME ...)
#
# For every NAME there are NAME.s, NAME.map, and the faces that are named after it: NAME.py, NAME.cpp. They become
# program/builtin_texts.h in the build directory, made anew whenever one of them changes. What is wrong with them stops
# the build.

if(NOT CMAKE_SCRIPT_MODE_FILE)
    set(embed_programs_script ${CMAKE_CURRENT_LIST_FILE})

    function(embed_programs target directory)
        set(programs ${ARGN})
        set(files "")
        set(name "")
        foreach(word IN LISTS programs)
            if(word STREQUAL "python")
                list(APPEND files ${directory}/${name}.py)
            elseif(word STREQUAL "cpp")
                list(APPEND files ${directory}/${name}.cpp)
            else()
                set(name ${word})
                list(APPEND files ${directory}/${name}.s ${directory}/${name}.map)
            endif()
        endforeach()
        foreach(file IN LISTS files)
            if(NOT EXISTS ${file})
                message(FATAL_ERROR "A file of a built-in program is missing: ${file}")
            endif()
        endforeach()

        set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
        list(JOIN programs "," programs)
        add_custom_command(
            OUTPUT ${generated}/program/builtin_texts.h
            COMMAND ${CMAKE_COMMAND} -D DIRECTORY=${directory} -D PROGRAMS=${programs}
                    -D OUTPUT=${generated}/program/builtin_texts.h -P ${embed_programs_script}
            DEPENDS ${files} ${embed_programs_script}
            COMMENT "Embedding the built-in programs"
            VERBATIM)
        target_sources(${target} PRIVATE ${generated}/program/builtin_texts.h)
        target_include_directories(${target} PRIVATE ${generated})
    endfunction()
    return()
endif()

# From here on: the script that the build runs.
cmake_minimum_required(VERSION 3.25)

# The lines of a face that are not blank, by number: `${prefix}_LINES` how many lines there are, `${prefix}_BLANK` the
# numbers of the blank ones, `${prefix}_CODE` those of the instructions (of an assembly face).
function(read_lines file prefix)
    file(READ ${file} text)
    if(NOT text MATCHES "\n$")
        message(FATAL_ERROR "${file}: the last line does not end")
    endif()
    string(FIND "${text}" ")face\"" terminator)
    if(NOT terminator EQUAL -1 OR text MATCHES "[\t\r]")
        message(FATAL_ERROR "${file}: a tab, a carriage return or the end of a raw string")
    endif()
    # Lists of CMake know brackets and semicolons: neither says here what a line is.
    string(REGEX REPLACE "[][;\\\\]" "x" plain "${text}")
    string(REGEX REPLACE "\n$" "" plain "${plain}")
    string(REPLACE "\n" ";" lines "${plain}")
    set(number 0)
    set(blank "")
    set(code "")
    foreach(line IN LISTS lines)
        math(EXPR number "${number} + 1")
        string(REGEX REPLACE "#.*" "" instruction "${line}")
        string(STRIP "${instruction}" instruction)
        string(STRIP "${line}" line)
        if(line STREQUAL "")
            list(APPEND blank ${number})
        endif()
        if(NOT instruction STREQUAL "" AND NOT instruction MATCHES "^\\.")
            list(APPEND code ${number})
        endif()
    endforeach()
    set(${prefix}_TEXT "${text}" PARENT_SCOPE)
    set(${prefix}_LINES ${number} PARENT_SCOPE)
    set(${prefix}_BLANK "${blank}" PARENT_SCOPE)
    set(${prefix}_CODE "${code}" PARENT_SCOPE)
endfunction()

# A line of the Python or C++ face as the map names it; `-` means none.
function(check_line map_line number prefix)
    if(number STREQUAL "-")
        return()
    endif()
    if(NOT DEFINED ${prefix}_LINES)
        message(FATAL_ERROR "${map_line}: there is no such face, its column is -")
    endif()
    if(number LESS 1 OR number GREATER ${prefix}_LINES OR number IN_LIST ${prefix}_BLANK)
        message(FATAL_ERROR "${map_line}: line ${number} of the face is blank or not there")
    endif()
endfunction()

# `result`: the initialisers of the line map of a program.
function(read_map file result)
    file(READ ${file} text)
    string(REGEX REPLACE "\n$" "" text "${text}")
    if(text MATCHES "[][;\\\\]")
        message(FATAL_ERROR "${file}: a character that no line map has")
    endif()
    string(REPLACE "\n" ";" lines "${text}")
    set(mapped "")
    set(entries "")
    set(number 0)
    foreach(line IN LISTS lines)
        math(EXPR number "${number} + 1")
        if(line MATCHES "^#" OR line STREQUAL "")
            continue()
        endif()
        if(NOT line MATCHES "^([0-9]+)(-([0-9]+))? ([0-9]+|-) ([0-9]+|-)$")
            message(FATAL_ERROR "${file}:${number}: not `line[-line] python cpp`: ${line}")
        endif()
        set(first "${CMAKE_MATCH_1}")
        set(last "${CMAKE_MATCH_3}")
        set(python ${CMAKE_MATCH_4})
        set(cpp ${CMAKE_MATCH_5})
        if(last STREQUAL "")
            set(last ${first})
        endif()
        if(last LESS first)
            message(FATAL_ERROR "${file}:${number}: the range ends before it begins")
        endif()
        check_line(${file}:${number} ${python} PYTHON)
        check_line(${file}:${number} ${cpp} CPP)
        string(REPLACE "-" "0" python ${python})
        string(REPLACE "-" "0" cpp ${cpp})
        foreach(assembly RANGE ${first} ${last})
            list(APPEND mapped ${assembly})
            string(APPEND entries "    LineMap{${assembly}, ${python}, ${cpp}},\n")
        endforeach()
    endforeach()
    if(NOT mapped STREQUAL ASSEMBLY_CODE)
        set(missing ${ASSEMBLY_CODE})
        list(REMOVE_ITEM missing ${mapped})
        set(others ${mapped})
        list(REMOVE_ITEM others ${ASSEMBLY_CODE})
        message(FATAL_ERROR "${file}: it names every line with an instruction once, in order. "
                            "Missing: ${missing}. No instructions: ${others}.")
    endif()
    set(${result} "${entries}" PARENT_SCOPE)
endfunction()

string(REPLACE "," ";" words "${PROGRAMS}")
set(names "")
foreach(word IN LISTS words)
    if(word STREQUAL "python" OR word STREQUAL "cpp")
        list(APPEND faces_of_${name} ${word})
    else()
        set(name ${word})
        list(APPEND names ${name})
    endif()
endforeach()

set(maps "")
set(texts "")
foreach(name IN LISTS names)
    read_lines(${DIRECTORY}/${name}.s ASSEMBLY)
    set(python "{}")
    set(cpp "{}")
    unset(PYTHON_LINES)
    unset(CPP_LINES)
    if("python" IN_LIST faces_of_${name})
        read_lines(${DIRECTORY}/${name}.py PYTHON)
        set(python "R\"face(${PYTHON_TEXT})face\"")
    endif()
    if("cpp" IN_LIST faces_of_${name})
        read_lines(${DIRECTORY}/${name}.cpp CPP)
        set(cpp "R\"face(${CPP_TEXT})face\"")
    endif()
    read_map(${DIRECTORY}/${name}.map entries)
    string(REPLACE "-" "_" identifier ${name})
    string(APPEND maps "inline constexpr std::array linesOf_${identifier}{\n${entries}};\n\n")
    string(APPEND texts "    BuiltInTexts{\"${name}\", R\"face(${ASSEMBLY_TEXT})face\",\n    ${python},\n    ${cpp},\n"
                        "    linesOf_${identifier}},\n")
endforeach()

file(WRITE ${OUTPUT} "// Made from resources/programs by cmake/EmbedPrograms.cmake; changes here are lost.
#pragma once

#include \"program/builtin.h\"

#include <array>
#include <span>
#include <string_view>

namespace interleave {

using LineMap = BuiltInProgram::LineMap;

struct BuiltInTexts {
    std::string_view name;
    std::string_view assembly;
    std::string_view python;
    std::string_view cpp;
    std::span<const LineMap> lines;
};

${maps}inline constexpr std::array builtInTexts{
${texts}};

} // namespace interleave
")
