# Every thread adds 1 to g_num, %bx times.
# Nobody is kept out: updates get lost.
.var g_num

.top
    mov g_num, %ax    # load
    add $1, %ax       # add
    mov %ax, g_num    # store
    sub $1, %bx       # one round done
    test $0, %bx      # any left?
    jgt .top
    halt
