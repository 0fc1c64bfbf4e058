// Source code of many megabytes.
// expect: memory | exception | cpu
new Function(`return [${'{a:1,b:[2]},'.repeat(3e6)}]`)()
