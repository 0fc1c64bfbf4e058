// Asks for what is above it.
// expect: syntax
super.constructor('return this')()
