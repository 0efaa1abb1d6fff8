import threading

total = 0
lock = threading.Lock()


def thread_main(rounds):
    global total
    mine = 0
    for number in range(rounds, 0, -1):
        mine += number
    with lock:
        total += mine
