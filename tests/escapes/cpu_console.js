// A value that takes for ever to print.
// expect: cpu | completed
console.log({ toString() { for (;;); }, toJSON() { for (;;); }, get inspect() { for (;;); } })
