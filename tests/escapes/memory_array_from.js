// An array from an array-like object with a huge length.
// expect: memory | exception | cpu
Array.from({ length: 2 ** 40 }, () => ({}))
