int g_num = 0; // shared by all threads

void thread_main(int rounds)
{
    for (int i = 0; i < rounds; ++i)
        g_num = g_num + 1; // a data race
}
