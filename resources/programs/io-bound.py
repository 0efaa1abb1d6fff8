import threading, time

answers = 0
lock = threading.Lock()


def thread_main(rounds):
    global answers
    for _ in range(rounds):
        time.sleep(0.04)
        work = 5
        while work > 0:
            work -= 1
        with lock:
            answers += 1
