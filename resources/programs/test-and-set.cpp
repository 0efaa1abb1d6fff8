#include <atomic>

int g_num = 0;
std::atomic<int> flag = 0;

void acquire()
{
    while (flag.exchange(1) == 1)
        ; // spin
}

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        acquire();
        g_num = g_num + 1;
        flag = 0; // release
    }
}
