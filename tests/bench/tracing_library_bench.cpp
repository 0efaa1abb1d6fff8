// SPDX-License-Identifier: GPL-3.0-or-later
#include "bare_race.h"
#include "figures.h"

#include "hardware/run.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace interleave::bench {
namespace {

#if defined(INTERLEAVE_TRACING_WORKER)

bool succeeds(const std::string& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

// A session of LTTng that keeps the newest events in memory, as a flight recorder does: nothing is written to disk
// while the threads run, which is the cheapest way the library has. The session daemon is started where none runs, and
// only one that was started here is ended.
class TracingSession {
public:
    TracingSession()
        : m_directory(std::filesystem::temp_directory_path()
                      / (std::string("interleave-bench-") + std::to_string(getpid()))),
          m_name(std::string("interleave-bench-") + std::to_string(getpid()))
    {
        if (!succeeds("command -v lttng") || !succeeds("command -v lttng-sessiond")) {
            m_whyNot = "lttng and lttng-sessiond (package lttng-tools) are not installed";
            return;
        }
        if (!daemonAnswers() && !startDaemon()) {
            m_whyNot = "lttng-sessiond does not start here";
            return;
        }
        std::filesystem::create_directories(m_directory);
        m_created = succeeds("lttng --no-sessiond create " + m_name + " --snapshot --output=" + m_directory.string());
        const bool ready = m_created
                        && succeeds("lttng --no-sessiond enable-channel -s " + m_name
                                    + " --userspace --subbuf-size=1M --num-subbuf=4 updates")
                        && succeeds("lttng --no-sessiond enable-event -s " + m_name
                                    + " --userspace --channel=updates 'interleave:*'")
                        && succeeds("lttng --no-sessiond start " + m_name);
        if (!ready)
            m_whyNot = "no LTTng session can be made here";
    }

    ~TracingSession()
    {
        if (m_created)
            succeeds("lttng --no-sessiond destroy " + m_name);
        if (m_daemon > 0) {
            kill(m_daemon, SIGTERM);
            waitpid(m_daemon, nullptr, 0);
        }
        std::error_code ignored;
        std::filesystem::remove_all(m_directory, ignored);
    }

    TracingSession(const TracingSession&) = delete;
    TracingSession& operator=(const TracingSession&) = delete;

    // Empty if there is a session.
    [[nodiscard]] const std::string& whyNot() const { return m_whyNot; }

    // Nanoseconds of one traced run, if its events were recorded.
    [[nodiscard]] static std::optional<double> tracedRun(std::uint32_t threads, std::uint32_t iterations)
    {
        const std::string command = "LTTNG_UST_REGISTER_TIMEOUT=10000 '" INTERLEAVE_TRACING_WORKER "' "
                                  + std::to_string(threads) + std::string(" ") + std::to_string(iterations);
        FILE* output = popen(command.c_str(), "r");
        if (!output)
            return std::nullopt;
        int recorded = 0;
        double nanoseconds = 0;
        const int read = std::fscanf(output, "%d %lf", &recorded, &nanoseconds);
        const int status = pclose(output);
        if (read != 2 || status != 0 || recorded != 1)
            return std::nullopt;
        return nanoseconds;
    }

private:
    static bool daemonAnswers() { return succeeds("lttng --no-sessiond list"); }

    bool startDaemon()
    {
        m_daemon = fork();
        if (m_daemon == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            if (!std::freopen("/dev/null", "w", stdout) || !std::freopen("/dev/null", "w", stderr))
                _exit(1);
            execlp("lttng-sessiond", "lttng-sessiond", "--no-kernel", "--quiet", static_cast<char*>(nullptr));
            _exit(127);
        }
        for (int tries = 0; tries < 100; ++tries) {
            if (daemonAnswers())
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return false;
    }

    std::filesystem::path m_directory;
    std::string m_name;
    std::string m_whyNot;
    pid_t m_daemon = -1;
    bool m_created = false;
};

// What recording adds to an update, beside what the library's two events add to it. The update itself, most of it the
// wait for the cache line where threads share one, is taken out of both: a loop with nothing recorded runs beside them.
// Our addition can vanish in the noise, so it counts as at least a tenth of a nanosecond.
void besideTracingLibrary(benchmark::State& state)
{
    constexpr int pairs = 9;
    constexpr double leastAdded = 0.1;
    const auto threads = static_cast<std::uint32_t>(state.range(0));
    RunParameters parameters;
    parameters.threads = threads;
    parameters.iterations = 1'000'000 / threads;
    const auto updates = static_cast<double>(parameters.updates());
    std::vector<double> bare;
    std::vector<double> ours;
    std::vector<double> theirs;
    for (auto _ : state) {
        const TracingSession session;
        if (!session.whyNot().empty()) {
            state.SetLabel("skipped: " + session.whyNot());
            state.SetIterationTime(0);
            continue;
        }
        double seconds = 0;
        for (int pair = 0; pair < pairs; ++pair) {
            const auto run = record(parameters);
            const auto traced = TracingSession::tracedRun(threads, parameters.iterations);
            if (!run || !traced) {
                state.SetLabel("skipped: LTTng-UST did not record the events");
                bare.clear();
                break;
            }
            bare.push_back(unrecordedRace(threads, parameters.iterations) / updates);
            ours.push_back(run->result.elapsedNanoseconds / updates);
            theirs.push_back(*traced / updates);
            seconds += (bare.back() + ours.back() + theirs.back()) * updates * 1e-9;
        }
        state.SetIterationTime(seconds);
    }
    if (bare.empty())
        return;
    const double oursAdd = std::max(leastAdded, median(ours) - median(bare));
    report(state, "cheaper_per_update", (median(theirs) - median(bare)) / oursAdd, Goal::AtLeast, 15, "x",
           std::string("recording cheaper than LTTng-UST, threads: ") + std::to_string(threads));
    state.counters["unrecorded_ns_per_update"] = median(bare);
    state.counters["update_included"] = median(theirs) / median(ours);
    state.counters["lttng_ns_per_update"] = median(theirs);
    state.counters["recorded_ns_per_update"] = median(ours);
}

#else

void besideTracingLibrary(benchmark::State& state)
{
    for (auto _ : state)
        state.SetIterationTime(0);
    state.SetLabel("skipped: LTTng-UST (package liblttng-ust-dev) was not found when this was configured");
}

#endif

BENCHMARK(besideTracingLibrary)->Arg(1)->Arg(2)->Arg(50)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace interleave::bench
