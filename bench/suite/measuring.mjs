// What all rows do with numbers and with time.
import { setTimeout as pause } from 'node:timers/promises'

export { pause }

/** The middle one; of an even number of them, what lies between the two. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}

/** The smallest of `numbers` that `share` of them (0.99) do not exceed. */
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
 * Watches programs, `{server, load, ...}`, each with a `cpu()`. The answer's `shares()` tells which share of a core each
 * has used since, its `cpu(name)` how many seconds of processor time, its `seconds()` how long that was.
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
