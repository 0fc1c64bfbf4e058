import { PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import { adminRole } from './database.mjs'
import { TimedCache } from './timed_cache.mjs'

/** As long as guildhall trusts what it was told. */
const lifetime = 30_000
const { Administrator, ManageGuild } = PermissionFlagsBits

export function manageable({ owner, permissions }) {
  return owner || new PermissionsBitField(BigInt(permissions)).any([Administrator, ManageGuild])
}

/** Who may do what. */
export class Rights {
  #admins
  #guilds

  constructor({ User, Role }, oauth) {
    const include = { model: Role, as: 'roles', where: { name: adminRole } }
    this.#admins = new TimedCache(async (id) => (await User.count({ where: { id }, include })) > 0, { lifetime })
    this.#guilds = new TimedCache(async (_, accessToken) => oauth.guilds(accessToken), { lifetime })
  }

  isAdmin(userId) {
    return this.#admins.get(userId)
  }

  /** The person's guilds as Discord lists them. */
  guildsOf({ id, access_token: accessToken }) {
    return this.#guilds.get(id, accessToken)
  }

  async mayManage(session, guildId) {
    if (await this.isAdmin(session.id)) return true
    return (await this.guildsOf(session)).some((guild) => guild.id === guildId && manageable(guild))
  }

  forget(userId) {
    this.#admins.forget(userId)
    this.#guilds.forget(userId)
  }
}
