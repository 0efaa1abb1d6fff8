import threading

g_num = 0  # shared by all threads


def thread_main(rounds):
    global g_num
    for _ in range(rounds):
        g_num += 1


threads = [threading.Thread(target=thread_main,
                            args=(200000,))
           for _ in range(50)]
for th in threads:
    th.start()
for th in threads:
    th.join()
print("g_num:", g_num)
