// Async functions that call themselves before they wait.
// expect: exception | cpu
const again = async () => { await again() }
await again()
