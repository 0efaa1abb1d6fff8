g_num = 0
flag = False


def acquire():
    global flag
    while flag:
        pass
    flag = True  # too late?


def thread_main(rounds):
    global g_num, flag
    for _ in range(rounds):
        acquire()
        g_num += 1
        flag = False
