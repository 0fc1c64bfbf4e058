// Declares again what it is given.
// expect: completed | syntax
var interaction, args, console
