// A list that is made from something that says it is very long.
// expect: memory | exception | cpu
Array.from({ length: 2 ** 40 }, () => ({}))
