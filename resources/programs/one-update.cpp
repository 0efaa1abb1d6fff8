int g_num = 0; // shared by all threads

void thread_main()
{
    g_num = g_num + 1; // a data race
}
