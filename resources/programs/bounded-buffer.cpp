#include <mutex>
#include <queue>
#include <thread>

std::queue<int> ring;
int made = 0, total = 0;
std::mutex mutex;
std::chrono::milliseconds later(5);

void produce(int rounds)
{
    while (rounds > 0) {
        mutex.lock();
        if (ring.size() == 4) {
            mutex.unlock();
            std::this_thread::sleep_for(later);
            continue;
        }
        made += 1;
        ring.push(made);
        mutex.unlock();
        rounds -= 1;
    }
}

void consume(int rounds)
{
    while (rounds > 0) {
        mutex.lock();
        if (ring.empty()) {
            mutex.unlock();
            std::this_thread::sleep_for(later);
            continue;
        }
        int item = ring.front();
        ring.pop();
        total += item;
        mutex.unlock();
        rounds -= 1;
    }
}
