#include <atomic>

int g_num = 0;
std::atomic<bool> wants[2];
std::atomic<int> turn;

void thread_main(int me, int rounds)
{
    int other = 1 - me;
    for (int i = 0; i < rounds; ++i) {
        wants[me] = true;
        turn = other; // after you
        while (wants[other] && turn == other)
            ; // spin
        g_num = g_num + 1;
        wants[me] = false;
    }
}
