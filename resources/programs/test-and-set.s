# A spinlock: swap 1 into the flag, and see
# what was there. Who finds 1 asks again.
.var g_num
.var flag             # 1: taken

.top
    call .acquire
    mov g_num, %ax
    add $1, %ax
    mov %ax, g_num
    mov $0, flag      # release
    sub $1, %bx
    test $0, %bx
    jgt .top
    halt

.acquire
    mov $1, %ax
    xchg %ax, flag    # both in one step
    test $0, %ax      # was it free?
    jne .acquire      # no: spin
    ret
