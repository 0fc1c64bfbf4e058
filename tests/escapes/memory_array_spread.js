// Arguments by the million.
// expect: memory | exception | cpu
Math.max(...new Array(1e8).fill(1))
