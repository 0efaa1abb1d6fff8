// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures.h"

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    interleave::bench::printFigures();
    return 0;
}
