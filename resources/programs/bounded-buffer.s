# Threads with even numbers make items, the
# others consume them. Between: 4 cells.
.var ring 4
.var filled           # cells with an item
.var in               # the next to fill
.var out              # the next to empty
.var made             # items so far
.var total            # sum of those consumed
.var mutex
.var next

    mov $1, %cx
    fetchadd %cx, next # my number
    lea ring, %fx
.parity
    sub $2, %cx       # ends at -2 or at -1
    test $0, %cx
    jgte .parity
    test $-1, %cx     # odd?
    je .consume

.produce
    lock mutex
    mov filled, %dx
    test $4, %dx
    jlt .room
    unlock mutex      # full
    sleep 5           # look again later
    j .produce
.room
    mov made, %ax
    add $1, %ax
    mov %ax, made     # a new item
    mov in, %cx
    mov %ax, (%fx,%cx,4)
    call .advance
    mov %cx, in
    add $1, %dx
    mov %dx, filled
    unlock mutex
    sub $1, %bx
    test $0, %bx
    jgt .produce
    halt

.consume
    lock mutex
    mov filled, %dx
    test $0, %dx
    jgt .item
    unlock mutex      # empty
    sleep 5           # look again later
    j .consume
.item
    mov out, %cx
    mov (%fx,%cx,4), %ax # the oldest
    call .advance
    mov %cx, out
    sub $1, %dx
    mov %dx, filled
    mov total, %cx
    add %ax, %cx
    mov %cx, total
    unlock mutex
    sub $1, %bx
    test $0, %bx
    jgt .consume
    halt

.advance              # to the next cell
    add $1, %cx
    test $4, %cx
    jlt .inside
    mov $0, %cx       # the ring is closed
.inside
    ret
