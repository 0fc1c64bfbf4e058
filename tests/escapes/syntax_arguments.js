// Looks what it was called with beside what it is told of.
// expect: completed | syntax
for (const value of arguments) {
  if (![interaction, args, console].includes(value)) throw new Error(`There is also ${value}`)
}
