/** Calls `task` when the browser has nothing else to do, at the latest after a quarter of a second. Returns what cancels it. */
export function whenIdle(task: () => void): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(task, 30)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(task, { timeout: 250 })
  return () => cancelIdleCallback(handle)
}
