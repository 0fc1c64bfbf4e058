// A server under wrk's load, as several rows measure it.
import { watching } from './measuring.mjs'
import { wrk } from './wrk.mjs'

/** The answers to `path` a second, and what server and load used for it; the server was warmed up before. */
export async function httpLoad(server, path, { context, seconds = context.seconds, ...options }) {
  const load = (time) => wrk(context.cores.load, `${server.url}${path}`, { ...options, seconds: time })
  await load(context.warmUp)
  const watch = watching({ server })
  const { rate, p50, p99, share } = await load(seconds)
  return { rate, p50, p99, details: { p50, p99, ...watch.shares(), 'core of load': share } }
}
