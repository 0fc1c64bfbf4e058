// Uses super.
// expect: syntax
super.constructor('return this')()
