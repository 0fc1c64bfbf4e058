// A value that takes forever to print.
// expect: cpu | completed
console.log({ toString() { for (;;); }, toJSON() { for (;;); }, get inspect() { for (;;); } })
