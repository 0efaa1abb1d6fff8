#include <atomic>

std::atomic<int> g_num = 0;

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i)
        g_num.fetch_add(1);
}
