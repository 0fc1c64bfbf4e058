import { setTimeout as pause } from 'node:timers/promises'

/** Rejects with the name of what was awaited if `promise` takes longer than `limitMs`. */
export async function within(promise, what, limitMs = 20_000) {
  const timer = new AbortController()
  const expiry = pause(limitMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Waited ${limitMs} ms for ${what}`)
  })
  try {
    return await Promise.race([promise, expiry])
  } finally {
    timer.abort()
    expiry.catch(() => {})
  }
}

/** Calls `condition` until it returns a truthy value, and returns that. */
export async function until(condition, what, limitMs = 20_000) {
  const deadline = Date.now() + limitMs
  for (;;) {
    const answer = await condition()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms for ${what}`)
    await pause(10)
  }
}
