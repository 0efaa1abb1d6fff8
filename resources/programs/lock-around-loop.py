import threading

g_num = 0
lock = threading.Lock()


def thread_main(rounds):
    global g_num
    lock.acquire()
    for _ in range(rounds):
        g_num += 1
    lock.release()


threads = [threading.Thread(target=thread_main,
                            args=(200000,))
           for _ in range(50)]
for th in threads:
    th.start()
for th in threads:
    th.join()
print("g_num:", g_num)
