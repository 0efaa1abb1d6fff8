#include <atomic>

std::atomic<int> total = 0;

void thread_main(int rounds)
{
    int mine = 0;
    for (int n = rounds; n > 0; --n)
        mine += n;
    total.fetch_add(mine);
}
