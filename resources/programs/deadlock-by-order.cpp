#include <mutex>

int g_num = 0;
std::mutex left, right;

void increment()
{
    g_num = g_num + 1;
}

void thread_main(int me, int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        if (me % 2 == 0) {
            left.lock();
            right.lock();
            increment();
            right.unlock();
            left.unlock();
        } else {
            right.lock();
            left.lock();
            increment();
            left.unlock();
            right.unlock();
        }
    }
}
