// An array of the maximum length, filled.
// expect: memory | cpu | exception
new Array(2 ** 32 - 1).fill(1)
