#include <atomic>

int g_num = 0;
std::atomic<int> ticket = 0;
std::atomic<int> serving = 0;

void acquire()
{
    int mine = ticket.fetch_add(1);
    while (serving != mine)
        ; // spin
}

void release()
{
    serving.fetch_add(1); // the next, please
}

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        acquire();
        g_num = g_num + 1;
        release();
    }
}
