// Do requests wait for other work? The same requests, at a rate far below what each server can do, first alone and then while
// the bot gets messages, some of which make it log a line to the database: they call a command whose response is empty
// without an argument.
import { httpLoad } from '../http.mjs'
import { pause } from '../measuring.mjs'
import { membersOf } from '../people.mjs'

const requestsPerSecond = 200
const eventsPerSecond = 1000
const linesPerSecond = 200
const peopleOfGuild = 3
const settling = 500 // milliseconds

const command = { trigger: 'empty', response: { content: '${1}' } }

/** Sends messages at that rate, until `endFlood`. */
function speak(simulator, members, rate, content) {
  return simulator.control('POST', '/gateway/flood', {
    name: 'MESSAGE_CREATE',
    count: 100_000_000,
    rate,
    content,
    channelIds: members.map(({ channel }) => channel),
    authorIds: members.map(({ person }) => person),
  })
}

/** The numbers of received messages and of rows in the table. */
async function happened(server, mariadb) {
  const lines = Number(mariadb.sql(`SELECT COUNT(*) FROM ${server.database.DB_NAME}.logs`))
  return { at: performance.now() / 1000, events: (await server.counts()).messages, lines }
}

export default {
  name: 'busy',
  figures: [
    {
      key: 'ratio',
      title: `p99 of GET /api/users/me under ${eventsPerSecond} events and ${linesPerSecond} log lines a second`,
      unit: '× the quiet one',
      better: 'less',
      goals: [{ atMost: 2 }],
    },
    { key: 'quiet', title: `p99 at ${requestsPerSecond} requests a second, quiet`, unit: 'ms', better: 'less' },
    { key: 'busy', title: 'the same, under events and log lines', unit: 'ms', better: 'less' },
  ],
  async measure(contender, context) {
    const simulator = await context.simulator({ guilds: 200 })
    const mariadb = await context.mariadb()
    const members = await membersOf(simulator, peopleOfGuild)
    const server = await context.start(contender, { simulator })
    await server.addCommands(simulator.guilds, [command])
    const headers = await server.login()
    const others = { mariadbd: mariadb, simulator }
    const ask = (more) =>
      httpLoad(server, '/api/users/me', { context, headers, rate: requestsPerSecond, others, ...more })
    const quiet = await ask()
    await speak(simulator, members, eventsPerSecond - linesPerSecond, 'Has anyone tried build {n}? It works here.')
    await speak(simulator, members, linesPerSecond, '!empty')
    await pause(settling)
    const before = await happened(server, mariadb)
    const busy = await ask({ warm: true, settling: context.seconds })
    const after = await happened(server, mariadb)
    const rate = (what) => (after[what] - before[what]) / (after.at - before.at)
    const details = { 'events a second': rate('events'), 'log lines a second': rate('lines'), ...busy.details }
    return { ratio: busy.p99 / quiet.p99, quiet: quiet.p99, busy: busy.p99, details }
  },
}
