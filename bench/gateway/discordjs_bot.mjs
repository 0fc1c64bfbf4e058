// What guildhall is measured beside: a bot on discord.js with custom commands, as one would run it. It counts what it
// sees and which messages ask for a command, tells it at /metrics, and answers none.
//   DISCORD_TOKEN, DISCORD_API_URL; COMMANDS: a JSON file {guildId: {trigger: response}}
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { Client, Events, GatewayIntentBits } from 'discord.js'

const prefix = '!'
const counts = { bot_guild_creates_total: 0, bot_messages_total: 0, bot_messages_matched_total: 0 }

/** Triggers of each guild. */
const commands = new Map(
  Object.entries(JSON.parse(await readFile(process.env.COMMANDS, 'utf8'))).map(([guildId, responses]) => [
    guildId,
    new Map(Object.entries(responses)),
  ]),
)

function findCommand({ content, guildId }) {
  if (!content.startsWith(prefix)) return undefined
  const end = content.indexOf(' ', prefix.length)
  return commands.get(guildId)?.get(content.slice(prefix.length, end === -1 ? undefined : end))
}

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: process.env.DISCORD_API_URL },
})

client.on(Events.GuildAvailable, () => ++counts.bot_guild_creates_total)
client.on(Events.MessageCreate, (message) => {
  ++counts.bot_messages_total
  if (message.author.bot) return
  if (findCommand(message)) ++counts.bot_messages_matched_total
})
client.on(Events.Error, (error) => console.error(error))

const metrics = createServer((_, response) => {
  response.end(
    Object.entries(counts)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  )
})
metrics.listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${metrics.address().port}`)
  client.login(process.env.DISCORD_TOKEN)
})
