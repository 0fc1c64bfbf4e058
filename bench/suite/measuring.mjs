// Helpers for numbers and time in all rows.
import { setTimeout as pause } from 'node:timers/promises'

export { pause }

/** The median. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}

/** The quantile `share` (such as 0.99) of `numbers`. */
export function percentile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}

/** Waits until `condition` holds. */
export async function until(condition, what, { everyMs = 20, patience = 60_000 } = {}) {
  const deadline = performance.now() + patience
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${what}`)
    await pause(everyMs)
  }
}

/**
 * Watches programs, `{server, load, ...}`, each with a `cpu()`. Of the result, `shares()` is the CPU share of each since
 * then, `cpu(name)` its processor time in seconds, `seconds()` the elapsed time.
 */
export function watching(programs) {
  const now = () => performance.now() / 1000
  const began = now()
  const before = Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, program.cpu()]))
  const seconds = () => now() - began
  const cpu = (name) => programs[name].cpu() - before[name]
  const shares = () =>
    Object.fromEntries(Object.keys(programs).map((name) => [`core of ${name}`, cpu(name) / seconds()]))
  return { seconds, cpu, shares }
}
