// Copies of copies.
// expect: memory | cpu | exception
let value = [new Array(100).fill('x')]
for (;;) value = [structuredClone(value), structuredClone(value)]
