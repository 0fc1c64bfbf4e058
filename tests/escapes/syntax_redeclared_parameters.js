// Redeclares its globals.
// expect: completed | syntax
var interaction, args, console
