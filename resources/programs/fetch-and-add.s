# Load, add and store in one instruction:
# nobody can come between.
.var g_num

.top
    mov $1, %ax
    fetchadd %ax, g_num # all in one step
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt
