# A round table, a fork between neighbours.
# Each takes the left fork, then the right.
# If all do so at once, nobody ever eats.
.var meals
.var next
.var forks 100        # fork i: left of i

    mov $1, %cx
    fetchadd %cx, next # my seat
    lea forks, %fx
    mov %cx, %ex
    mul $4, %ex
    add %fx, %ex      # (%ex): my left fork
.sit
    sleep 20          # the others sit down
    mov next, %ax
    test $2, %ax
    jlt .sit          # nobody dines alone

.dine
    lock (%ex)        # the left one
    mov %cx, %dx
    add $1, %dx
    mov next, %ax
    test %ax, %dx     # is that seat taken?
    jlt .neighbour
    mov $0, %dx       # no: the first again
.neighbour
    mul $4, %dx
    add %fx, %dx      # (%dx): my right fork
    lock (%dx)        # the right one
    mov $1, %ax
    fetchadd %ax, meals # eat
    unlock (%dx)
    unlock (%ex)
    sub $1, %bx
    test $0, %bx
    jgt .dine
    halt
