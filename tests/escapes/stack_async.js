// Async functions that call themselves before they wait.
// expect: exception
const again = async () => { await again() }
await again()
