// Source code a million levels deep.
// expect: exception | cpu
eval(`${'('.repeat(1e6)}1${')'.repeat(1e6)}`)
