import threading

SEATS = 5
meals = 0
forks = [threading.Lock() for _ in range(SEATS)]
seated = threading.Barrier(SEATS)
counting = threading.Lock()


def philosopher(me, rounds):
    global meals
    left = forks[me]
    seated.wait()  # the others sit down
    for _ in range(rounds):
        left.acquire()
        right = forks[(me + 1) % SEATS]
        right.acquire()
        with counting:
            meals += 1
        right.release()
        left.release()
