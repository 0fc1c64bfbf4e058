/** The guilds that the bot is in, with what a message needs to know: prefixes and commands, so that none is a query. */
export class GuildBook {
  #guilds = new Map()
  #commands = new Map()

  async load({ Guild, Command }) {
    for (const { id, prefix } of await Guild.findAll({ where: { leftAt: null }, raw: true })) this.join(id, prefix)
    for (const command of await Command.findAll({ raw: true })) this.put(command)
  }

  has(guildId) {
    return this.#guilds.has(guildId)
  }

  prefix(guildId) {
    return this.#guilds.get(guildId)?.prefix
  }

  /** The bot has come to a guild, or its prefix has changed. */
  join(guildId, prefix) {
    const guild = this.#guilds.get(String(guildId))
    if (guild) guild.prefix = prefix
    else this.#guilds.set(String(guildId), { prefix, commands: new Map() })
  }

  leave(guildId) {
    for (const { id } of this.#guilds.get(guildId)?.commands.values() ?? []) this.#commands.delete(id)
    this.#guilds.delete(guildId)
  }

  /** A command was made or changed. */
  put(row) {
    const guildId = String(row.guildId)
    const guild = this.#guilds.get(guildId)
    if (!guild) return
    const { trigger, response, interaction } = row
    const command = { id: String(row.id), guildId, trigger, response, interaction }
    this.remove(command.id)
    guild.commands.set(trigger, command)
    this.#commands.set(command.id, command)
  }

  remove(id) {
    const command = this.#commands.get(id)
    if (!command) return
    this.#guilds.get(command.guildId)?.commands.delete(command.trigger)
    this.#commands.delete(id)
  }

  /** How many commands the guild has. */
  count(guildId) {
    return this.#guilds.get(guildId)?.commands.size ?? 0
  }

  /** Whether a trigger of the guild starts with `prefix`. */
  hasTriggerWith(guildId, prefix) {
    return [...(this.#guilds.get(guildId)?.commands.keys() ?? [])].some((trigger) => trigger.startsWith(prefix))
  }

  command(id) {
    return this.#commands.get(id)
  }

  /** The command that a message asks for, and the text behind its trigger. */
  match(guildId, content) {
    const guild = this.#guilds.get(guildId)
    if (!guild || !content.startsWith(guild.prefix)) return undefined
    const rest = content.slice(guild.prefix.length)
    const end = rest.search(/\s/)
    const command = guild.commands.get(end === -1 ? rest : rest.slice(0, end))
    return command && { command, text: end === -1 ? '' : rest.slice(end) }
  }
}
