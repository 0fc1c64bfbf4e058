// The geometry of the chart of uses.
import type { DayUse } from '../api/schema'

/** The least of 2, 4, 10, 20, 40, 100, ... that is not below `value`; its half is a whole number too. */
export function scaleFor(value: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [2, 4, 10]) if (step * power >= value) return step * power
  }
}

/** Of a bar that is not empty, so that it is seen on any scale. */
const least = 0.01

export interface Bar {
  /** Heights of what failed and of the rest above it, from 0 to 1. */
  failed: number
  answered: number
}

/** A bar for each day, of a scale up to `top`. */
export function barsOf(days: DayUse[], top: number): Bar[] {
  const height = (count: number) => (count > 0 ? Math.max(count / top, least) : 0)
  return days.map(({ uses, failures }) => ({ failed: height(failures), answered: height(uses - failures) }))
}

/** Of so many columns, at least one, the first, the middle and the last, which get a label. */
export function labelled(count: number): number[] {
  return [...new Set([0, Math.floor((count - 1) / 2), count - 1])]
}

export function sumOf(days: { uses: number; failures: number }[]) {
  return days.reduce((sum, { uses, failures }) => ({ uses: sum.uses + uses, failures: sum.failures + failures }), { uses: 0, failures: 0 })
}
