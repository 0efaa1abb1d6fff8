# Store only if nobody has stored since the
# load. If somebody has: try again.
.var g_num

.top
    mov g_num, %ax    # what I see
.try
    mov %ax, %cx
    add $1, %cx       # what I want
    cmpxchg %cx, g_num # if it is still %ax
    jne .try          # %ax is the new value
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt
