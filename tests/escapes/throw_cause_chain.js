// Throws an error with an endless chain of causes.
// expect: exception
const error = new AggregateError([], 'x', { cause: undefined })
error.cause = error
error.errors.push(error, error)
throw error
