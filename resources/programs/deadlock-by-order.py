import threading

g_num = 0
left = threading.Lock()
right = threading.Lock()


def increment():
    global g_num
    g_num += 1


def thread_main(me, rounds):
    for _ in range(rounds):
        if me % 2 == 0:
            left.acquire()
            right.acquire()
            increment()
            right.release()
            left.release()
        else:
            right.acquire()
            left.acquire()
            increment()
            left.release()
            right.release()
