// 10,000 guilds with 10 roles and 20 channels each on one shard: their memory when idle, the time from IDENTIFY until the last
// GUILD_CREATE is handled, and the rate of messages for such a bot. Each has its default compression: guildhall zstd-stream,
// discord.js zlib-stream, and none on Bun.
import { startListening } from '../contenders.mjs'
import { pause, until, watching } from '../measuring.mjs'
import { measureFlood } from './gateway.mjs'

const world = { guilds: 10_000, roles: 10, channels: 20 }
const patience = 120_000

/** Seconds, and processor seconds, from IDENTIFY until all guilds have arrived. */
async function measureStart(server, simulator, identifies) {
  let watch
  const identified = async () => {
    // A busy simulator responds late, so the start is taken from the last negative response.
    const asked = watching({ server, simulator })
    const done = (await simulator.identifies()) > identifies
    if (!done || !watch) watch = asked
    return done
  }
  await until(identified, 'IDENTIFY', { everyMs: 5 })
  const all = async () => (await server.counts()).guilds >= simulator.guildsOfBot
  await until(all, 'the guilds', { patience })
  return { seconds: watch.seconds(), cpu: watch.cpu('server'), shares: watch.shares() }
}

export default {
  name: 'gateway-guilds',
  rounds: 1,
  slow: true,
  figures: [
    {
      key: 'memory',
      title: 'gateway: resident memory with 10,000 guilds',
      unit: 'MB',
      better: 'less',
      goals: [{ times: 10 }],
      short: 'resident memory, 10,000 guilds',
    },
    { key: 'seconds', title: 'from IDENTIFY to the last GUILD_CREATE', unit: 's', better: 'less', goals: [] },
    { key: 'cpu', title: 'the same, of processor time', unit: 's', better: 'less', goals: [] },
    {
      key: 'perCpu',
      title: 'MESSAGE_CREATE events, compressed, for each second of processor time',
      unit: 'events/s',
      better: 'more',
      goals: [],
    },
  ],
  async measure(contender, context) {
    const simulator = await context.simulator(world)
    const identifies = await simulator.identifies()
    const server = await startListening(contender, context, { simulator })
    const { seconds, cpu, shares } = await measureStart(server, simulator, identifies)
    await until(async () => (await fetch(`${server.url}/readyz`)).ok, 'the guilds to be saved', { patience })
    await pause(context.quick ? 2000 : 5000)
    const memory = server.memory()
    const family = Object.values(server.pss()).reduce((sum, size) => sum + size, 0)
    const flood = await measureFlood(server, simulator, context)
    const details = {
      'MB of all its processes': family,
      'core of server, guilds': shares['core of server'],
      'core of simulator, guilds': shares['core of simulator'],
      'events a second, compressed': flood.rate,
      'core of server, events': flood.shares['core of server'],
      'core of simulator, events': flood.shares['core of simulator'],
    }
    return { memory, seconds, cpu, perCpu: flood.perCpu, details }
  },
}
