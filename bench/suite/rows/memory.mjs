// Resident memory when idle, with the bot in the demo's guilds, and after as many requests as possible. guildhall's second
// process, the script host, counts with its proportional set size, so that shared memory counts once. A peer runs scripts in
// its only process.
import { httpLoad } from '../http.mjs'
import { pause } from '../measuring.mjs'

/** Megabytes of the server's own process, and of all its processes. */
function memoryOf(server) {
  const children = Object.entries(server.pss()).filter(([name]) => name === 'guildhall-vm')
  const own = server.memory()
  return { own, all: children.reduce((sum, [, size]) => sum + size, own) }
}

const goals = [{ atMost: 25 }, { times: 6 }]
const figure = (key, title, more) => ({ key, title, unit: 'MB', better: 'less', ...more })

export default {
  name: 'memory',
  figures: [
    figure('idle', 'resident memory, idle with bot', { short: 'memory, idle with bot', goals }),
    figure('idleAll', 'the same, with its script host'),
    figure('loaded', 'resident memory after the load', { short: 'memory after the load', goals }),
    figure('loadedAll', 'the same, with its script host'),
  ],
  rounds: 1,
  async measure(contender, context) {
    const rest = context.quick ? 1000 : 5000
    const server = await context.start(contender)
    await pause(rest)
    const idle = memoryOf(server)
    await httpLoad(server, '/api/users/me', { context, headers: await server.login() })
    await pause(rest)
    const loaded = memoryOf(server)
    return { idle: idle.own, idleAll: idle.all, loaded: loaded.own, loadedAll: loaded.all }
  },
}
