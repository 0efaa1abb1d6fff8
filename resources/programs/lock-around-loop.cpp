#include <mutex>

int g_num = 0;
std::mutex mutex;

void thread_main(int rounds)
{
    mutex.lock();
    for (int i = 0; i < rounds; ++i)
        g_num = g_num + 1;
    mutex.unlock();
}
