import { setTimeout as pause } from 'node:timers/promises'

/** Rejects with what was waited for where `promise` takes longer than `limitMs`. */
export async function within(promise, what, limitMs = 20_000) {
  const timer = new AbortController()
  const expiry = pause(limitMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`Waited ${limitMs} ms in vain for ${what}`)
  })
  try {
    return await Promise.race([promise, expiry])
  } finally {
    timer.abort()
    expiry.catch(() => {})
  }
}

/** Asks `condition` again and again until it answers something true, and returns that. */
export async function until(condition, what, limitMs = 20_000) {
  const deadline = Date.now() + limitMs
  for (;;) {
    const answer = await condition()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain for ${what}`)
    await pause(10)
  }
}
