import { Events } from 'discord.js'
import { Op } from 'sequelize'

const rowOf = ({ id, name, icon }) => ({ id, name, icon, leftAt: null })
const columns = ['name', 'icon', 'leftAt', 'updatedAt']

/** Keeps the table guilds and the book as Discord has it. */
export class GuildTable {
  #Guild
  #book
  #logger

  constructor({ database: { Guild }, book, logger }) {
    this.#Guild = Guild
    this.#book = book
    this.#logger = logger
  }

  follow(client) {
    const orLog = (handle) => (guild, ...rest) =>
      handle(guild, ...rest).catch((error) => {
        this.#logger.error('A guild could not be saved', { source: 'bot', reason: error.message })
      })
    client.on(Events.GuildCreate, orLog((guild) => this.save([guild])))
    client.on(Events.GuildUpdate, orLog((_, guild) => this.save([guild])))
    client.on(Events.GuildDelete, orLog((guild) => this.#leave(guild)))
  }

  /** Saves these guilds; prefixes that are known stay. */
  async save(guilds) {
    await this.#Guild.bulkCreate(guilds.map(rowOf), { updateOnDuplicate: columns })
    const rows = await this.#Guild.findAll({ where: { id: guilds.map(({ id }) => id) }, raw: true })
    for (const { id, prefix } of rows) this.#book.join(id, prefix)
  }

  /** All guilds of a bot that has just become ready; it has left the others meanwhile. */
  async reconcile(guilds) {
    const all = [...guilds.values()]
    if (all.length > 0) await this.save(all)
    const gone = await this.#Guild.findAll({ where: { leftAt: null }, attributes: ['id'], raw: true })
    const left = gone.map(({ id }) => String(id)).filter((id) => !guilds.has(id))
    await this.#Guild.update({ leftAt: new Date() }, { where: { id: { [Op.in]: left } } })
    for (const id of left) this.#book.leave(id)
  }

  async #leave({ id }) {
    await this.#Guild.update({ leftAt: new Date() }, { where: { id } })
    this.#book.leave(id)
  }
}
