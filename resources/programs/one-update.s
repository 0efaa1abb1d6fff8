# Every thread adds 1 to g_num, once.
# Nobody is kept out: one update gets lost.
.var g_num

    mov g_num, %ax    # load
    add $1, %ax       # add
    mov %ax, g_num    # store
    halt
