# SPDX-License-Identifier: GPL-3.0-or-later
# Configuring and building a preset. Sourced by run, test and .ci/run, which set root, the checkout.
# shellcheck disable=SC2154

# configure PRESET [-D...]
configure()
{
    local preset=$1
    shift
    # Set from outside, by continuous integration for one.
    [ -n "${INTERLEAVE_WARNINGS_AS_ERRORS:-}" ] && set -- "-DINTERLEAVE_WARNINGS_AS_ERRORS=$INTERLEAVE_WARNINGS_AS_ERRORS" "$@"
    if ! (cd "$root" && cmake --preset "$preset" "$@"); then
        is_debian_or_ubuntu && return 1
        name_packages_and_stop "CMake could not configure the build; something may be missing."
    fi
}

# build PRESET [arguments of cmake --build]
build()
{
    local preset=$1
    shift
    (cd "$root" && cmake --build --preset "$preset" --parallel "$(nproc)" "$@")
}
