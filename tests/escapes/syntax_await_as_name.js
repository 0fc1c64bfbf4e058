// Takes the word for waiting as a name.
// expect: syntax
var await = 1
