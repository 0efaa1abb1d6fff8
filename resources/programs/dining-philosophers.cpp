#include <atomic>
#include <barrier>
#include <mutex>

const int n = 5;
std::atomic<int> meals = 0;
std::mutex forks[n];
std::barrier seated(n);

void philosopher(int me, int rounds)
{
    std::mutex& left = forks[me];
    seated.arrive_and_wait();
    for (int i = 0; i < rounds; ++i) {
        left.lock();
        std::mutex& right = forks[(me + 1) % n];
        right.lock();
        meals.fetch_add(1); // eat
        right.unlock();
        left.unlock();
    }
}
