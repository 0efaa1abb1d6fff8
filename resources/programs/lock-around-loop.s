# One lock around the whole loop: correct,
# but one thread works after the other.
.var g_num
.var mutex

    lock mutex        # the others wait here
.top
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    sub $1, %bx
    test $0, %bx
    jgt .top
    unlock mutex      # the next one may
    halt
