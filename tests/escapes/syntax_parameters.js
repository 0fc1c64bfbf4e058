// Ends the parameters of the function that scripts are put into.
// expect: syntax
) { throw new Error('outside') } async function more(
