// What guildhall is measured beside: a bot on discord.js that runs custom commands' scripts in Node.js.
//   DISCORD_TOKEN, DISCORD_API_URL; COMMANDS: a JSON file {trigger: {response, script}}; WAY: vm or worker
import { Client, Events, GatewayIntentBits } from 'discord.js'
import { readFile } from 'node:fs/promises'
import vm from 'node:vm'
import { Worker } from 'node:worker_threads'

const prefix = '!'
const cpuLimit = 100
const wallLimit = 5000
const heapLimit = 64
const wrapped = (script) => `(async () => {\n${script}\n})()`
const commands = new Map(Object.entries(JSON.parse(await readFile(process.env.COMMANDS, 'utf8'))))
for (const command of commands.values()) command.compiled = new vm.Script(wrapped(command.script))
/** The command of each message that called one. */
const calls = new Map()

async function runInVm({ compiled }, interaction) {
  const context = vm.createContext({ interaction, args: [], console, setTimeout, clearTimeout })
  await compiled.runInContext(context, { timeout: cpuLimit })
}

/** The script's own interaction is a copy; its methods are done here. */
function runInWorker({ script }, interaction) {
  const { id, customId, guildId, channelId, user } = interaction
  const copy = { id, customId, guildId, channelId, user: { id: user.id, username: user.username } }
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { script: wrapped(script), interaction: copy },
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  })
  const timer = setTimeout(() => worker.terminate(), wallLimit)
  let loop
  worker.on('message', async ({ begun, call, method, options }) => {
    if (begun) {
      loop = setTimeout(() => worker.terminate(), cpuLimit)
      return
    }
    clearTimeout(loop)
    try {
      await interaction[method](options)
      worker.postMessage({ call })
    } catch (error) {
      worker.postMessage({ call, error: error.message })
    }
  })
  return new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject)).finally(() => {
    clearTimeout(timer)
    clearTimeout(loop)
  })
}

const run = process.env.WAY === 'vm' ? runInVm : runInWorker

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: process.env.DISCORD_API_URL },
  allowedMentions: { parse: [] },
})

client.on(Events.MessageCreate, async (message) => {
  const command = message.content.startsWith(prefix) && commands.get(message.content.slice(prefix.length))
  if (message.author.bot || !command) return
  calls.set(message.id, command)
  await message.reply(command.response)
})

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    await run(calls.get(interaction.message.reference.messageId), interaction)
  } catch {
    await interaction.reply({ content: 'The script failed.', flags: 'Ephemeral' })
  }
})

client.on(Events.Error, (error) => console.error(error))
client.once(Events.ClientReady, () => console.log('ready'))
await client.login(process.env.DISCORD_TOKEN)
