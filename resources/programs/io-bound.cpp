#include <atomic>
#include <thread>

std::atomic<int> answers = 0;
std::chrono::milliseconds disk(40);

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i) {
        std::this_thread::sleep_for(disk);
        volatile int work = 5;
        while (work > 0)
            work = work - 1;
        answers.fetch_add(1);
    }
}
