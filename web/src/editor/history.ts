// Undo and redo. Changes of one thing in quick succession, as in typing, are one step.

export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** What the last change was of, and when. */
  readonly subject: string
  readonly at: number
}

const maxSteps = 200
const pauseMs = 1000

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], subject: '', at: 0 })

/** `subject`: what is changed, such as a path; empty for what is always a step of its own. `now`: milliseconds. */
export function record<T>(history: History<T>, next: T, subject: string, now: number): History<T> {
  if (next === history.present) return history
  const continues = subject !== '' && subject === history.subject && now - history.at < pauseMs && history.future.length === 0
  const past = continues ? history.past : [...history.past, history.present].slice(-maxSteps)
  return { past, present: next, future: [], subject, at: now }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], subject: '', at: 0 }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.present], present: after, future, subject: '', at: 0 }
}
