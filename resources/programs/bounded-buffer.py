import threading, time

ring, made, total = [], 0, 0
mutex = threading.Lock()


def produce(rounds):
    global made
    while rounds > 0:
        mutex.acquire()
        if len(ring) == 4:
            mutex.release()
            time.sleep(0.005)
            continue
        made += 1
        ring.append(made)
        mutex.release()
        rounds -= 1


def consume(rounds):
    global total
    while rounds > 0:
        mutex.acquire()
        if len(ring) == 0:
            mutex.release()
            time.sleep(0.005)
            continue
        item = ring.pop(0)
        total += item
        mutex.release()
        rounds -= 1
