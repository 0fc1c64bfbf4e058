// Does what strict code must not.
// expect: syntax
'use strict'
var octal = 010
