// Lets a built-in method walk a list that is said to have 2 ** 53 entries: no script code runs meanwhile.
// expect: cpu
Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)
