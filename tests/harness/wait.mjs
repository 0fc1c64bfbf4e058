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

/**
 * Calls `condition` until it returns a truthy value, and returns that. The longer it takes the less often it is called,
 * to leave the processor to the programs under test.
 */
export async function until(condition, what, limitMs = 20_000) {
  const begin = Date.now()
  for (;;) {
    const answer = await condition()
    if (answer) return answer
    const waited = Date.now() - begin
    if (waited > limitMs) throw new Error(`Waited ${limitMs} ms for ${what}`)
    await pause(Math.min(10 + waited / 20, 250))
  }
}
