// Symbols, of which the registry forgets none.
// expect: memory | cpu
for (let i = 0; ; ++i) Symbol.for(`${i}`.repeat(100))
