# SPDX-License-Identifier: GPL-3.0-or-later
# What has to be installed to build, run and test Interleave, and how it gets there. Sourced by run and test.

# One line each: names to try, the first that apt knows is taken | what it is for.
# Debian 12 and Ubuntu 24.04 name some parts of Qt differently.
required_packages()
{
    cat <<'END'
g++ | the compiler
cmake | configures the build
ninja-build | builds
libgmp-dev | GMP: numbers of any length in registers and cells
qt6-base-dev | Qt: the window, and Qt Test
libqt6opengl6-dev | Qt OpenGL, which Qt Charts asks for and apt only recommends
qt6-charts-dev libqt6charts6-dev | Qt Charts
qt6-svg-dev libqt6svg6-dev | Qt Svg: icons, and charts as SVG
qt6-tools-dev | Qt Linguist: translations, found by CMake
qt6-tools-dev-tools | Qt Linguist: translations
qt6-l10n-tools | Qt Linguist: translations, lrelease
libgl1-mesa-dev | OpenGL headers, which Qt asks for
libgtest-dev | GoogleTest: tests of core
libbenchmark-dev | Google Benchmark: speed and memory
fonts-dejavu-core | a font, for charts without a display too
fonts-nanum | a Korean font
poppler-utils | pdftotext: the tests read the PDF files
END
    if [ -n "${WAYLAND_DISPLAY:-}" ]; then
        echo 'qt6-wayland | Qt on Wayland'
    fi
}

is_installed()
{
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

apt_knows()
{
    [ -n "$(apt-cache show "$1" 2>/dev/null)" ]
}

is_debian_or_ubuntu()
(
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && [ -r /etc/os-release ] || return 1
    . /etc/os-release
    case " ${ID:-} ${ID_LIKE:-} " in
        *" debian "* | *" ubuntu "*) return 0 ;;
        *) return 1 ;;
    esac
)

# Lines of required_packages of which no name is installed.
missing_packages()
{
    local names purpose name
    while IFS='|' read -r names purpose; do
        for name in $names; do
            is_installed "$name" && continue 2
        done
        echo "$names|$purpose"
    done < <(required_packages)
}

print_packages()
{
    local names purpose
    while IFS='|' read -r names purpose; do
        names=${names% }
        printf '  %-36s %s\n' "${names// / or }" "${purpose# }"
    done
}

name_packages_and_stop()
{
    {
        echo "$1"
        echo "Interleave needs these packages, named here as Debian and Ubuntu name them:"
        required_packages | print_packages
    } >&2
    exit 1
}

# Installs what is missing with apt. On other systems it checks the tools and leaves the rest to CMake.
provide_packages()
{
    if ! is_debian_or_ubuntu; then
        local tool
        for tool in cmake ninja c++; do
            command -v "$tool" >/dev/null || name_packages_and_stop "This is neither Debian nor Ubuntu, and $tool was not found."
        done
        return
    fi

    local missing names purpose name chosen=() privilege=()
    missing=$(missing_packages)
    [ -z "$missing" ] && return

    echo "These packages are missing and will be installed with apt:" >&2
    print_packages <<<"$missing" >&2
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Installing them needs root, and there is no sudo." >&2
            exit 1
        fi
        privilege=(sudo)
    fi

    # A source that cannot be reached need not be one of ours; the installation will tell.
    "${privilege[@]}" apt-get update >&2 || true
    while IFS='|' read -r names purpose; do
        for name in $names; do
            if apt_knows "$name"; then
                chosen+=("$name")
                continue 2
            fi
        done
        echo "apt knows no package of the name ${names% }; going on without it." >&2
    done <<<"$missing"
    "${privilege[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${chosen[@]}" >&2
}
