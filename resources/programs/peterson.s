# Peterson's lock, for two threads: the lock
# itself is nothing but loads and stores.
.var g_num
.var wants 2          # wants[i]: i wants in
.var turn
.var next

    mov $1, %cx
    fetchadd %cx, next # I am 0 or 1
    mov $1, %dx
    sub %cx, %dx      # the other one
    lea wants, %fx
.top
    mov $1, (%fx,%cx,4) # I want to enter
    mov %dx, turn     # after you
.wait
    mov (%fx,%dx,4), %ax
    test $0, %ax      # does the other want?
    je .enter
    mov turn, %ax
    test %dx, %ax     # and is it its turn?
    je .wait          # both: spin
.enter
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    mov $0, (%fx,%cx,4) # I have left
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt
