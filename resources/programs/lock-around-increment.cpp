#include <mutex>

int g_num = 0;
std::mutex mutex;

void increment()
{
    mutex.lock();
    g_num = g_num + 1;
    mutex.unlock();
}

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i)
        increment();
}
