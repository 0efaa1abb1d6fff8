# A ticket lock: draw a number, and wait for
# it to be called. First come, first served.
.var g_num
.var ticket           # the next to be drawn
.var serving          # whose turn it is

.top
    call .acquire
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    call .release
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt

.acquire
    mov $1, %cx
    fetchadd %cx, ticket # mine is in %cx
.wait
    mov serving, %dx
    test %cx, %dx     # is it my turn?
    jne .wait         # no: spin
    ret

.release
    mov $1, %dx
    fetchadd %dx, serving # the next, please
    ret
