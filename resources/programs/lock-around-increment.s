# A lock around each update: the threads
# take turns, and nothing gets lost.
.var g_num
.var mutex

.top
    call .increment
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt

.increment
    lock mutex        # one at a time
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    unlock mutex
    ret
