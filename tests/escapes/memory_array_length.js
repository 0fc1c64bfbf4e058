// A list with as many entries as there can be, all of them filled.
// expect: memory | cpu | exception
new Array(2 ** 32 - 1).fill(1)
