// A server under HTTP load, for several rows. The load generator is our own, because wrk uses more CPU for a request than a
// bare server does, which would make it the bottleneck.
import { watching } from './measuring.mjs'
import { run } from './processes.mjs'

/** The arguments of http_load, see its --help. */
function loadArguments(server, paths, options) {
  const { method = 'GET', headers = {}, body, connections = 64, rate, seconds, settling } = options
  return [
    ['--port', new URL(server.url).port],
    ...[paths].flat().map((path) => ['--path', path]),
    ['--method', method],
    ...Object.entries(headers).map(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(body ? [['--body', JSON.stringify(body)]] : []),
    ['--connections', String(connections)],
    ...(rate ? [['--rate', String(rate)]] : []),
    ['--seconds', String(seconds)],
    ['--warm-up', String(settling)],
  ].flat()
}

/** Sends the requests that will be measured, as fast as they are answered. */
async function warmUp(server, paths, { context, body, ...options }) {
  const seconds = 0.5
  let parts = 0
  await context.warmUp(async () => {
    // Commands created now must have other names than those created later.
    const renamed = body && JSON.parse(JSON.stringify(body).replace('{n}', `${++parts}w{n}`))
    const args = loadArguments(server, paths, { ...options, body: renamed, rate: undefined, seconds, settling: 0 })
    const said = await run(context.cores.load, `${context.bin}/http_load`, args)
    return JSON.parse(said.split('\n').at(-1)).rate * seconds
  })
}

/**
 * Requests `paths` in turn, after a warm-up (unless the server is `warm`) and `settling` seconds of the same load. Returns
 * the results of http_load: `rate` in responses a second, latencies in ms (`p50`, `p99`); as `details` the CPU shares of the
 * server, the load and `others`, `{name: something with cpu()}`.
 */
export async function httpLoad(server, paths, { context, others = {}, warm = false, ...options }) {
  if (!warm) await warmUp(server, paths, { context, ...options })
  const args = loadArguments(server, paths, { seconds: context.seconds, settling: 0.5, ...options })
  const program = context.program(context.cores.load, `${context.bin}/http_load`, args)
  const said = program.says(/^(\{.*)/)
  said.catch(() => {}) // It is awaited below.
  await program.says(/^(measuring)$/)
  const watch = watching({ server, ...others })
  const { rate, p50, p99, core } = JSON.parse(await said)
  const shares = watch.shares()
  const details = { ...shares, 'core of load': core, 'answers for a second of processor time': rate / shares['core of server'] }
  await program.ended
  return { rate, p50, p99, details: { 'p50 ms': p50, 'p99 ms': p99, ...details } }
}
