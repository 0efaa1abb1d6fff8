# Computes all the time and never waits: it
# uses up every quantum that it gets.
.var total

    mov $0, %ax
.top
    add %bx, %ax      # %ax is mine alone
    sub $1, %bx
    test $0, %bx
    jgt .top
    fetchadd %ax, total # shared only here
    halt
