// Multiplies numbers of millions of digits: no script code runs meanwhile.
// expect: cpu | memory | exception
let number = 3n
for (;;) number *= number
