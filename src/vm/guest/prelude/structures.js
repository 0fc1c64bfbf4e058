// Discord's objects as discord.js presents them. Those that a script may send back keep Discord's JSON as `data`.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const discordEpoch = 1420070400000n
  const cdn = 'https://cdn.discordapp.com'

  /** Milliseconds since 1970, or null where there is no date. */
  const timestampOf = (date) => (date === undefined || date === null ? null : p.Number(new p.Date(date)))
  const mapList = (list, make) => (p.isArray(list) ? p.arrayMap(list, make) : [])

  class Collection extends p.Map {
    first() {
      return this.map((value) => value)[0]
    }

    map(callback) {
      const list = []
      p.mapForEach(this, (value, key) => p.arrayPush(list, callback(value, key, this)))
      return list
    }

    filter(callback) {
      const kept = new Collection()
      p.mapForEach(this, (value, key) => {
        if (callback(value, key, this)) p.mapSet(kept, key, value)
      })
      return kept
    }

    find(callback) {
      return this.filter(callback).first()
    }

    some(callback) {
      return p.mapSize(this.filter(callback)) > 0
    }

    every(callback) {
      return p.mapSize(this.filter(callback)) === p.mapSize(this)
    }
  }

  /** A Collection of what `make` returns for each of the objects, which have their ids as keys. */
  function collect(objects, make) {
    const collection = new Collection()
    p.arrayForEach(objects === undefined ? [] : p.keys(objects), (id) => p.mapSet(collection, id, make(objects[id], id)))
    return collection
  }

  /** What has a snowflake as its id. */
  class Base {
    constructor(id) {
      this.id = id
    }

    get createdTimestamp() {
      return p.Number((p.BigInt(this.id) >> 22n) + discordEpoch)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
    }
  }

  function imageURL(path, hash, { extension = 'webp', size, forceStatic = false } = {}) {
    const format = !forceStatic && p.stringSlice(hash, 0, 2) === 'a_' ? 'gif' : extension
    return `${cdn}/${path}/${hash}.${format}${size === undefined ? '' : `?size=${size}`}`
  }

  class User extends Base {
    constructor(data) {
      super(data.id)
      this.username = data.username ?? null
      this.globalName = data.global_name ?? null
      this.discriminator = data.discriminator ?? null
      this.avatar = data.avatar ?? null
      this.bot = data.bot ?? false
      this.system = data.system ?? false
    }

    get displayName() {
      return this.globalName ?? this.username
    }

    get tag() {
      const isLegacy = this.discriminator !== null && this.discriminator !== '0' && this.discriminator !== '0000'
      return isLegacy ? `${this.username}#${this.discriminator}` : this.username
    }

    get defaultAvatarURL() {
      return `${cdn}/embed/avatars/${(p.BigInt(this.id) >> 22n) % 6n}.png`
    }

    avatarURL(options) {
      return this.avatar === null ? null : imageURL(`avatars/${this.id}`, this.avatar, options)
    }

    displayAvatarURL(options) {
      return this.avatarURL(options) ?? this.defaultAvatarURL
    }

    toString() {
      return `<@${this.id}>`
    }
  }

  class GuildMember {
    constructor(data, user, guildId) {
      this.user = user
      this.nickname = data.nick ?? null
      this.avatar = data.avatar ?? null
      this.joinedTimestamp = timestampOf(data.joined_at)
      this.pending = data.pending ?? false
      const cache = new Collection()
      p.arrayForEach(data.roles ?? [], (id) => p.mapSet(cache, id, { id }))
      // @everyone has the guild's id and is not listed.
      p.mapSet(cache, guildId, { id: guildId })
      this.roles = { cache }
      this.permissions = new shared.PermissionsBitField(p.BigInt(data.permissions ?? '0'))
    }

    get id() {
      return this.user.id
    }

    get displayName() {
      return this.nickname ?? this.user.displayName
    }

    get joinedAt() {
      return this.joinedTimestamp === null ? null : new p.Date(this.joinedTimestamp)
    }

    toString() {
      return `<@${this.id}>`
    }
  }

  /** Discord's JSON with getters for its members: `customId` returns `custom_id`, or null if it is absent. */
  function jsonClass(name, members, defaults = {}) {
    const made = class {
      constructor(data) {
        this.data = data
      }

      toJSON() {
        return this.data
      }
    }
    p.define(made, 'name', name)
    p.arrayForEach(members, (member) => {
      const key = member.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
      const get = function () {
        return this.data[member] ?? defaults[member] ?? null
      }
      p.defineProperty(made.prototype, key, { get, configurable: true })
    })
    return made
  }

  const Embed = jsonClass(
    'Embed',
    ['title', 'description', 'url', 'color', 'timestamp', 'fields', 'footer', 'author', 'image', 'thumbnail'],
    { fields: [] },
  )
  const Component = jsonClass(
    'Component',
    ['id', 'type', 'custom_id', 'label', 'style', 'emoji', 'url', 'disabled', 'options', 'placeholder', 'min_values', 'max_values'],
    { disabled: false, options: [] },
  )

  class ActionRow {
    constructor(data) {
      this.data = data
      this.type = data.type
      this.components = mapList(data.components, (component) => new Component(component))
    }

    toJSON() {
      return this.data
    }
  }

  class Message extends Base {
    constructor(data) {
      super(data.id)
      this.channelId = data.channel_id ?? null
      this.guildId = data.guild_id ?? null
      this.type = data.type ?? 0
      this.content = data.content ?? ''
      this.author = data.author === undefined ? null : new User(data.author)
      this.embeds = mapList(data.embeds, (embed) => new Embed(embed))
      this.components = mapList(data.components, (row) => new ActionRow(row))
      this.pinned = data.pinned ?? false
      this.tts = data.tts ?? false
      this.editedTimestamp = timestampOf(data.edited_timestamp)
      this.flags = data.flags ?? 0
      this.reference = data.message_reference === undefined ? null : { messageId: data.message_reference.message_id ?? null }
    }

    get editedAt() {
      return this.editedTimestamp === null ? null : new p.Date(this.editedTimestamp)
    }

    get url() {
      return `https://discord.com/channels/${this.guildId ?? '@me'}/${this.channelId}/${this.id}`
    }

    toString() {
      return this.content
    }
  }

  /** A role or channel: id, name and type as Discord sends them. `prefix` starts its mention. */
  class Mentionable {
    constructor(data, prefix) {
      this.id = data.id
      this.name = data.name ?? null
      if (data.type !== undefined) this.type = data.type
      p.defineProperty(this, 'toString', { value: () => `<${prefix}${data.id}>` })
    }
  }

  shared.structures = { Base, Collection, collect, User, GuildMember, Message, Mentionable }
})
