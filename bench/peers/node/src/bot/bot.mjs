import { EventEmitter } from 'node:events'
import { Events } from 'discord.js'
import { RememberedArguments } from './arguments.mjs'
import { makeClient } from './client.mjs'
import { Components } from './components.mjs'
import { CustomCommands } from './custom_commands.mjs'
import { GuildTable } from './guild_table.mjs'

const off = { state: 'off', reason: 'DISCORD_BOT_TOKEN is not set.' }
const connecting = { state: 'down', reason: 'The bot is connecting.' }

/** The bot; tells of `ready` and of each `dispatch` of the gateway. */
export class Bot extends EventEmitter {
  #config
  #logger
  #counters
  #client
  #guilds
  #health
  /** As Discord describes it. */
  #user
  /** What is told to dashboards once the bot is ready. */
  readiness

  constructor(services) {
    super()
    const { config, logger, book, counters } = services
    this.#config = config.discord
    this.#logger = logger
    this.#counters = counters
    this.#health = this.#config.botToken ? connecting : off
    this.#client = makeClient(this.#config)
    this.#guilds = new GuildTable(services)

    const args = new RememberedArguments()
    const commands = new CustomCommands({ book, logger, counters, args })
    const components = new Components({ book, logger, args, options: config.scripts })
    this.#client.on(Events.Raw, (packet, shard) => this.#dispatch(packet, shard))
    this.#client.once(Events.ClientReady, (client) => this.#ready(client))
    this.#client.on(Events.MessageCreate, (message) => commands.answer(message).catch((error) => this.#fail(error)))
    this.#client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isMessageComponent()) components.answer(interaction).catch((error) => this.#fail(error))
    })
    this.#client.on(Events.Error, (error) => this.#fail(error))
  }

  #fail(error) {
    this.#logger.error('The bot met an error', { source: 'bot', reason: error.message, stack: error.stack })
  }

  #dispatch({ t: name, d: data }, shard) {
    if (!name) return
    if (name === 'READY') this.#user = data.user
    this.#counters.countEvent(name)
    if (this.listenerCount('dispatch') > 0) this.emit('dispatch', { name, shard, data })
  }

  async #ready(client) {
    try {
      await this.#guilds.reconcile(client.guilds.cache)
    } catch (error) {
      return this.#fail(error)
    }
    this.#guilds.follow(client)
    const [guilds, shards] = [client.guilds.cache.size, client.ws.shards.size]
    this.readiness = { user: this.#user, guilds, shards }
    this.#health = { state: 'up', reason: null }
    this.#logger.info('The bot is ready', { source: 'bot', guilds, shards })
    this.emit('ready', this.readiness)
  }

  health() {
    return this.#health
  }

  async start() {
    if (this.#config.botToken) await this.#client.login(this.#config.botToken)
  }

  stop() {
    return this.#client.destroy()
  }
}
