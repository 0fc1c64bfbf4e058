// Plain Socket.IO servers and their load: bench/socketio and the peer's socketio_server.mjs.
import { fileURLToPath } from 'node:url'
import { run } from './processes.mjs'

const message = fileURLToPath(new URL('../socketio/message_create.json', import.meta.url))

const commandLines = {
  guildhall: ({ bin }) => [`${bin}/socketio_server`, message],
  node: ({ peer }) => [process.execPath, `${peer}/socketio_server.mjs`, message],
  bun: ({ peer }) => [`${peer}/node_modules/.bin/bun`, `${peer}/socketio_server.mjs`, message],
}

/** Starts a server and returns a function that runs a load and returns the numbers of socketio_load. */
export async function startSocketIo(contender, context) {
  const { bin, cores } = context
  const [command, ...args] = commandLines[contender](context)
  const server = context.program(cores.server, command, args, { env: { NODE_ENV: 'production' } })
  const port = await server.says(/^ready .*:(\d+)/)
  return async (clients, seconds, ...what) => {
    const options = { port, server: server.pid, clients, seconds }
    const named = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
    return (await run(cores.load, `${bin}/socketio_load`, [...named, ...what])).split(' ').map(Number)
  }
}

/** One event, a MESSAGE_CREATE, to so many WebSocket clients: in bursts of 32, and one by one. */
export function broadcastRow(clients) {
  const figure = (key, how, more) => ({
    key,
    title: `Socket.IO: one event to ${clients.toLocaleString('en')} clients, ${how}`,
    unit: 'messages/s',
    better: 'more',
    goals: [],
    ...more,
  })
  return {
    name: `socketio-${clients}`,
    slow: clients > 1000,
    figures: [
      figure('bursts', 'bursts of 32', { goals: [{ times: 15 }], short: `Socket.IO, 1 event to ${clients} clients` }),
      figure('singly', 'one at a time'),
    ],
    async measure(contender, context) {
      const load = await startSocketIo(contender, context)
      const [bursts, server, own] = await load(clients, context.seconds, 'broadcast', '--burst', '32')
      const [singly, serverSingly, ownSingly] = await load(clients, context.seconds, 'broadcast', '--burst', '1')
      const details = {
        'core of server': server,
        'core of load': own,
        'one at a time, core of server': serverSingly,
        'core of load then': ownSingly,
      }
      return { bursts, singly, details }
    },
  }
}
