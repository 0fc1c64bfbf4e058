// Creating commands. A 201 means that the row is on disk; concurrent requests share one flush.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { httpLoad } from '../http.mjs'

const connections = 64
const page = Buffer.alloc(4096, 1)

/** How many pages a second can be appended to a file and flushed, on the databases' disk. */
function fsyncRate(context) {
  const file = openSync(join(context.directory, 'fsyncs'), 'w')
  const began = performance.now()
  const end = began + context.seconds * 1000
  let count = 0
  for (; performance.now() < end; ++count) {
    writeSync(file, page)
    fdatasyncSync(file)
  }
  closeSync(file)
  return (count * 1000) / (performance.now() - began)
}

async function post(contender, context) {
  // A guild has at most a thousand commands.
  const simulator = await context.simulator({ guilds: 200 })
  const server = await context.start(contender, { simulator })
  const { rate, details } = await httpLoad(
    server,
    simulator.guilds.map((guild) => `/api/guilds/${guild}/commands`),
    {
      context,
      connections,
      method: 'POST',
      headers: await server.login(),
      body: { trigger: 'c{n}', response: { content: 'Hello ${1}' } },
      others: contender === 'guildhall-sqlite' ? {} : { mariadbd: await context.mariadb() },
    },
  )
  return { rate, details }
}

export default {
  name: 'post',
  contenders: ['guildhall', 'node', 'bun', 'guildhall-sqlite', 'disk'],
  figures: [
    {
      key: 'rate',
      title: `POST a command, durable, ${connections} connections`,
      short: 'POST a command, durable',
      unit: 'requests/s',
      better: 'more',
      goals: [{ times: 5 }, { times: 1, than: 'disk', of: 'guildhall-sqlite' }],
    },
  ],
  measure: async (contender, context) =>
    contender === 'disk' ? { rate: fsyncRate(context) } : post(contender, context),
}
