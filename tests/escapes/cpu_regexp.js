// A regular expression that tries every way to fail.
// expect: cpu
/^(a+)+$/.test(`${'a'.repeat(40)}b`)
