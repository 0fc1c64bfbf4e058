// A guild's page in a dashboard: the list of its commands.
import { httpLoad } from '../http.mjs'
import { workshop } from '../simulator.mjs'

const connections = 64
const path = `/api/guilds/${workshop}/commands`

/** Typical commands: a text with an argument, and an embed. */
const commands = Array.from({ length: 20 }, (_, n) => ({
  trigger: `command${n}`,
  response: { content: `Hello \${1}, this is number ${n}`, embeds: [{ title: 'A title', description: 'And some text' }] },
}))

export default {
  name: 'commands',
  contenders: ['guildhall', 'node', 'bun', 'guildhall-sqlite'],
  figures: [
    {
      key: 'rate',
      title: `GET /api/guilds/:id/commands, ${commands.length} commands, ${connections} connections`,
      short: "GET a guild's 20 commands",
      unit: 'requests/s',
      better: 'more',
      goals: [{ times: 40 }],
    },
  ],
  async measure(contender, context) {
    const server = await context.start(contender)
    await server.addCommands([workshop], commands)
    return httpLoad(server, path, { context, connections, headers: await server.login() })
  },
}
