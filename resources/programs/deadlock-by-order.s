# Two locks. Threads with even numbers take
# left first, the others right first.
.var g_num
.var left
.var right
.var next

    mov $1, %cx
    fetchadd %cx, next # my number
.parity
    sub $2, %cx       # ends at -2 or at -1
    test $0, %cx
    jgte .parity
    test $-1, %cx     # odd?
    je .odd

.even
    lock left
    lock right
    call .increment
    unlock right
    unlock left
    sub $1, %bx
    test $0, %bx
    jgt .even
    halt

.odd
    lock right        # the other way round
    lock left
    call .increment
    unlock left
    unlock right
    sub $1, %bx
    test $0, %bx
    jgt .odd
    halt

.increment
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    ret
