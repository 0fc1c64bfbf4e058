// Looks for arguments of the function that calls the script.
// expect: completed | syntax
for (const value of arguments) {
  if (![interaction, args, console].includes(value)) throw new Error(`There is also ${value}`)
}
