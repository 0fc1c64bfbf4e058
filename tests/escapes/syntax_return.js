// Returns at the top level.
// expect: completed
return { then: 'nothing' }
