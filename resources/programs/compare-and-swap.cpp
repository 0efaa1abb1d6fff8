#include <atomic>

std::atomic<int> g_num = 0;

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        int seen = g_num;
        while (!g_num.compare_exchange_strong(
                   seen, seen + 1))
            ; // seen is the new value
    }
}
