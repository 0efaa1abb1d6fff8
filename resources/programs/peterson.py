g_num = 0
wants = [False, False]
turn = 0


def thread_main(me, rounds):
    global g_num, turn
    other = 1 - me
    for _ in range(rounds):
        wants[me] = True
        turn = other  # after you
        while wants[other] and turn == other:
            pass
        g_num += 1
        wants[me] = False
