// Async functions that call themselves before they await.
// expect: exception | cpu
const again = async () => { await again() }
await again()
