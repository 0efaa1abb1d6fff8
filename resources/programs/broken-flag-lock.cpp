#include <atomic>

int g_num = 0;
std::atomic<bool> flag = false;

void acquire()
{
    while (flag)
        ; // look
    flag = true; // too late?
}

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        acquire();
        g_num = g_num + 1;
        flag = false;
    }
}
