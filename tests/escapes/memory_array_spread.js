// Spreads millions of arguments.
// expect: memory | exception | cpu
Math.max(...new Array(1e8).fill(1))
