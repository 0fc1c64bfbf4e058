// Throws an error with causes without end.
// expect: exception
const error = new AggregateError([], 'x', { cause: undefined })
error.cause = error
error.errors.push(error, error)
throw error
