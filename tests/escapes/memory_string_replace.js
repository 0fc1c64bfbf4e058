// Text that grows by being replaced with itself.
// expect: memory | exception | cpu
let text = 'xx'
for (;;) text = text.replace(/x/g, '$`x$&x$\'')
