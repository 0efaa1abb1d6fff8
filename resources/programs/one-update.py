import threading

g_num = 0  # shared by all threads


def thread_main():
    global g_num
    g_num += 1


threads = [threading.Thread(target=thread_main)
           for _ in range(2)]
for th in threads:
    th.start()
for th in threads:
    th.join()
print("g_num:", g_num)
