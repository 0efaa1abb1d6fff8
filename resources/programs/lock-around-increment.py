import threading

g_num = 0
lock = threading.Lock()


def increment():
    global g_num
    lock.acquire()
    g_num += 1
    lock.release()


def thread_main(rounds):
    for _ in range(rounds):
        increment()
