// Runs the scripts that guildhall runs in its sandbox, on discord.js itself: as the body of a handler of its event.
//   DISCORD_TOKEN, DISCORD_API_URL; SCRIPTS: a JSON file {trigger: {response, script}}
import { Client, Events, GatewayIntentBits } from 'discord.js'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const AsyncFunction = (async () => {}).constructor
const commands = JSON.parse(await readFile(process.env.SCRIPTS, 'utf8'))
/** What people called, by the id of their message. */
const calls = new Map()

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: process.env.DISCORD_API_URL },
  allowedMentions: { parse: [] },
})

client.once(Events.ClientReady, (ready) => console.log(`ready as ${ready.user.tag}`))

client.on(Events.MessageCreate, async (message) => {
  const [word, ...args] = message.content.split(' ')
  const command = word.startsWith('!') && commands[word.slice(1)]
  if (message.author.bot || !command) return
  calls.set(message.id, { script: command.script, args })
  await message.reply(command.response)
})

client.on(Events.InteractionCreate, async (interaction) => {
  const { script, args } = calls.get(interaction.message.reference.messageId)
  try {
    const require = createRequire(import.meta.url)
    await new AsyncFunction('interaction', 'args', 'console', 'require', script)(interaction, args, console, require)
  } catch (error) {
    console.error(`failed: ${error.stack}`)
  }
})

client.on(Events.Error, (error) => console.error(error))
process.on('SIGTERM', async () => {
  await client.destroy()
  process.exit(0)
})

await client.login(process.env.DISCORD_TOKEN)
