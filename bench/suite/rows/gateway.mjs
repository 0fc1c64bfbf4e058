// MESSAGE_CREATE events as fast as the bot reads them, in 500 guilds with ten commands each: decoded, counted, matched
// without success, offered to Socket.IO without clients. The gateway connection is not compressed, otherwise the simulator's
// compression would be the bottleneck.
import { pause, until, watching } from '../measuring.mjs'

const triggers = ['help', 'rules', 'faq', 'links', 'n', 'hello', 'about', 'roles', 'events', 'status']
const commands = triggers.map((trigger) => ({ trigger, response: { content: 'You said ${1}' } }))
const guildsWithCommands = 50
const content = '!nothing {n} Has anyone tried this build? It works here.'

/** Messages a second, and per second of the bot's processor time, under more load than it can take. */
export async function measureFlood(server, simulator, context) {
  const messages = async () => (await server.counts()).messages
  const before = await messages()
  // Otherwise the simulator's buffer for resuming would dominate.
  await simulator.control('PATCH', '/gateway', { eventsKept: 100 })
  await simulator.flood(content, simulator.guilds)
  await until(async () => (await messages()) > before, 'messages')
  await context.warmUp(async () => {
    const start = await messages()
    await pause(500)
    return (await messages()) - start
  })
  const watch = watching({ server, simulator })
  const began = await messages()
  await pause(context.seconds * 1000)
  const taken = (await messages()) - began
  const result = { rate: taken / watch.seconds(), perCpu: taken / watch.cpu('server'), shares: watch.shares() }
  await simulator.endFlood()
  return result
}

export default {
  name: 'gateway',
  figures: [
    {
      key: 'rate',
      title: 'gateway: MESSAGE_CREATE events, nobody listening',
      unit: 'events/s',
      better: 'more',
      goals: [{ times: 8 }],
      short: 'gateway events',
    },
    {
      key: 'perCpu',
      title: 'the same, for each second of processor time',
      unit: 'events/s',
      better: 'more',
      goals: [{ times: 8 }],
    },
  ],
  async measure(contender, context) {
    const simulator = await context.simulator({ guilds: 500 })
    const server = await context.start(contender, { simulator, env: { GATEWAY_COMPRESSION: 'none' } })
    await server.addCommands(simulator.guilds.slice(0, guildsWithCommands), commands)
    const { rate, perCpu, shares } = await measureFlood(server, simulator, context)
    return { rate, perCpu, details: shares }
  },
}
