// MESSAGE_CREATE events as fast as the bot reads them, in 500 guilds with ten commands each: decoded, counted, found to
// ask for no command, offered to Socket.IO, where nobody listens. No connection to the gateway is compressed: what the
// simulator can compress would be what is measured.
import { pause, until, watching } from '../measuring.mjs'

const triggers = ['help', 'rules', 'faq', 'links', 'n', 'hello', 'about', 'roles', 'events', 'status']
const commands = triggers.map((trigger) => ({ trigger, response: { content: 'You said ${1}' } }))
const guildsWithCommands = 50
const content = '!nothing {n} Has anyone tried this build? It works here.'

/** How many messages the bot takes a second, and for each second of its processor time, while more than these come. */
export async function measureFlood(server, simulator, context) {
  const messages = async () => (await server.counts()).messages
  const before = await messages()
  // What it keeps for a bot that resumes would cost it more than all the rest.
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
