# Waits most of the time, computes a little:
# it seldom uses up its quantum.
.var answers

.top
    sleep 40          # the disk is slow
    mov $5, %cx       # a little work
.work
    sub $1, %cx
    test $0, %cx
    jgt .work
    mov $1, %ax
    fetchadd %ax, answers # one more
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt
