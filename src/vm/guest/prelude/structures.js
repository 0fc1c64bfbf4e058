// What comes with an interaction, with discord.js's names. Each keeps Discord's own JSON as `data` where it is sent back.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const discordEpoch = 1420070400000n
  const cdn = 'https://cdn.discordapp.com'

  shared.timestampOf = (snowflake) => p.Number((p.BigInt(snowflake) >> 22n) + discordEpoch)

  class Collection extends p.Map {
    first() {
      let found
      let any = false
      p.mapForEach(this, (value) => {
        if (!any) found = value
        any = true
      })
      return found
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

  /** An object by id, as a Collection of what `make` makes of it. */
  function collect(objects, make) {
    const collection = new Collection()
    const ids = objects === undefined ? [] : p.keys(objects)
    for (let i = 0; i < ids.length; i++) p.mapSet(collection, ids[i], make(objects[ids[i]], ids[i]))
    return collection
  }

  function image(path, hash, { extension = 'webp', size, forceStatic = false } = {}) {
    const format = !forceStatic && p.stringSlice(hash, 0, 2) === 'a_' ? 'gif' : extension
    return `${cdn}/${path}/${hash}.${format}${size === undefined ? '' : `?size=${size}`}`
  }

  class User {
    constructor(data) {
      this.id = data.id
      this.username = data.username ?? null
      this.globalName = data.global_name ?? null
      this.discriminator = data.discriminator ?? null
      this.avatar = data.avatar ?? null
      this.bot = data.bot ?? false
      this.system = data.system ?? false
    }

    get createdTimestamp() {
      return shared.timestampOf(this.id)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
    }

    get displayName() {
      return this.globalName ?? this.username
    }

    get tag() {
      const old = this.discriminator !== null && this.discriminator !== '0' && this.discriminator !== '0000'
      return old ? `${this.username}#${this.discriminator}` : this.username
    }

    get defaultAvatarURL() {
      return `${cdn}/embed/avatars/${(p.BigInt(this.id) >> 22n) % 6n}.png`
    }

    avatarURL(options) {
      return this.avatar === null ? null : image(`avatars/${this.id}`, this.avatar, options)
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
      this.joinedTimestamp = data.joined_at === undefined || data.joined_at === null ? null : p.Number(new p.Date(data.joined_at))
      this.pending = data.pending ?? false
      const cache = new Collection()
      const ids = data.roles ?? []
      for (let i = 0; i < ids.length; i++) p.mapSet(cache, ids[i], { id: ids[i] })
      // @everyone has the guild's id, and is in no list.
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

  /** A class whose getters read members of Discord's JSON: `customId` reads `custom_id`. */
  function wrapper(name, members) {
    const made = class {
      constructor(data) {
        this.data = data
      }

      toJSON() {
        return this.data
      }
    }
    p.defineProperty(made, 'name', { value: name })
    const names = p.keys(members)
    for (let i = 0; i < names.length; i++) {
      const { key, absent } = members[names[i]]
      p.defineProperty(made.prototype, names[i], {
        get() {
          return this.data[key] ?? absent
        },
        configurable: true,
      })
    }
    return made
  }

  const member = (key, absent = null) => ({ key, absent })
  const Embed = wrapper('Embed', {
    title: member('title'),
    description: member('description'),
    url: member('url'),
    color: member('color'),
    timestamp: member('timestamp'),
    fields: member('fields', []),
    footer: member('footer'),
    author: member('author'),
    image: member('image'),
    thumbnail: member('thumbnail'),
  })
  const Component = wrapper('Component', {
    id: member('id'),
    type: member('type'),
    customId: member('custom_id'),
    label: member('label'),
    style: member('style'),
    emoji: member('emoji'),
    url: member('url'),
    disabled: member('disabled', false),
    options: member('options', []),
    placeholder: member('placeholder'),
    minValues: member('min_values'),
    maxValues: member('max_values'),
  })

  class ActionRow {
    constructor(data) {
      this.data = data
      this.type = data.type
      this.components = each(data.components, (component) => new Component(component))
    }

    toJSON() {
      return this.data
    }
  }

  function each(list, make) {
    const made = []
    if (p.arrayIsArray(list)) for (let i = 0; i < list.length; i++) p.arrayPush(made, make(list[i]))
    return made
  }

  class Message {
    constructor(data) {
      this.id = data.id
      this.channelId = data.channel_id ?? null
      this.guildId = data.guild_id ?? null
      this.type = data.type ?? 0
      this.content = data.content ?? ''
      this.author = data.author === undefined ? null : new User(data.author)
      this.embeds = each(data.embeds, (embed) => new Embed(embed))
      this.components = each(data.components, (row) => new ActionRow(row))
      this.pinned = data.pinned ?? false
      this.tts = data.tts ?? false
      this.editedTimestamp =
        data.edited_timestamp === undefined || data.edited_timestamp === null ? null : p.Number(new p.Date(data.edited_timestamp))
      this.flags = data.flags ?? 0
      this.reference = data.message_reference === undefined ? null : { messageId: data.message_reference.message_id ?? null }
    }

    get createdTimestamp() {
      return shared.timestampOf(this.id)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
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

  /** Roles and channels that a menu offers: id, name and type, as Discord tells them. */
  class Named {
    constructor(data, prefix) {
      this.id = data.id
      this.name = data.name ?? null
      if (data.type !== undefined) this.type = data.type
      p.defineProperty(this, 'toString', { value: () => `<${prefix}${data.id}>` })
    }
  }

  shared.structures = { Collection, collect, User, GuildMember, Message, Named }
})
