// Does what strict mode forbids.
// expect: syntax
'use strict'
var octal = 010
