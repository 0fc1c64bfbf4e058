// Discord's objects as discord.js presents them. Those that a script may send back keep Discord's JSON as `data`.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { Collection, collect } = shared.collections
  const discordEpoch = 1420070400000n
  const cdn = 'https://cdn.discordapp.com'

  /** Milliseconds since 1970, or null where there is no date. */
  const timestampOf = (date) => (date === undefined || date === null ? null : p.Number(new p.Date(date)))
  const mapList = (list, make) => (p.isArray(list) ? p.arrayMap(list, make) : [])

  /** What has a snowflake as its id. */
  class Base {
    constructor(id) {
      this.id = id
    }

    valueOf() {
      return this.id
    }

    get createdTimestamp() {
      return p.Number((p.BigInt(this.id) >> 22n) + discordEpoch)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
    }
  }

  function imageURL(path, hash, { extension = 'webp', size, forceStatic = false } = {}) {
    const format = !forceStatic && p.stringSlice(hash, 0, 2) === 'a_' ? 'gif' : p.stringToLowerCase(p.String(extension))
    if (!p.stringIncludes(' webp png jpg jpeg gif ', ` ${format} `)) {
      throw new p.RangeError(`Invalid extension provided: ${format}\nMust be one of: webp, png, jpg, jpeg, gif`)
    }
    if (size !== undefined && !p.stringIncludes(' 16 32 64 128 256 512 1024 2048 4096 ', ` ${size} `)) {
      throw new p.RangeError(`Invalid size provided: ${size}\nMust be one of: 16, 32, 64, 128, 256, 512, 1024, 2048, 4096`)
    }
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

    /** Users without a discriminator have six avatars, bots and others still five. */
    get defaultAvatarURL() {
      const isMigrated = this.discriminator === null || this.discriminator === '0'
      const index = isMigrated ? (p.BigInt(this.id) >> 22n) % 6n : p.Number(this.discriminator) % 5
      return `${cdn}/embed/avatars/${index}.png`
    }

    get accentColor() {
      return undefined
    }

    get hexAccentColor() {
      return undefined
    }

    bannerURL() {
      return undefined
    }

    equals(user) {
      return this.id === user?.id
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

  const hexOf = (color) => `#${`00000${color.toString(16)}`.slice(-6)}`

  /** A role of the guild. Of one that the bot does not know there is only the id. */
  class Role extends Base {
    constructor(data, guild) {
      super(data.id)
      p.define(this, 'guild', guild)
      this.name = data.name ?? null
      this.color = data.color ?? 0
      this.rawPosition = data.position ?? 0
      this.hoist = data.hoist ?? false
      this.managed = data.managed ?? false
      this.mentionable = data.mentionable ?? false
      this.permissions = new shared.PermissionsBitField(p.BigInt(data.permissions ?? '0'))
    }

    get hexColor() {
      return hexOf(this.color)
    }

    get colors() {
      return { primaryColor: this.color, secondaryColor: null, tertiaryColor: null }
    }

    get position() {
      return this.guild.roles.cache.reduce((count, role) => count + (this.comparePositionTo(role) > 0 ? 1 : 0), 0)
    }

    comparePositionTo(role) {
      const other = typeof role === 'string' ? this.guild.roles.cache.get(role) : role
      if (this.rawPosition !== other.rawPosition) return this.rawPosition - other.rawPosition
      return p.Number(p.BigInt(other.id) - p.BigInt(this.id))
    }

    equals(role) {
      return this.id === role?.id
    }

    toString() {
      return this.id === this.guild.id ? '@everyone' : `<@&${this.id}>`
    }
  }

  const highestOf = (roles) =>
    roles.reduce((highest, role) => (role.comparePositionTo(highest) > 0 ? role : highest), roles.first())

  class GuildRoles {
    #roles

    constructor(guild, text) {
      p.define(this, 'guild', guild)
      this.#roles = text
    }

    /** Read when a script asks for it, because guilds may have hundreds. */
    get cache() {
      if (!(this.#roles instanceof Collection)) {
        const roles = new Collection()
        p.arrayForEach(p.parse(this.#roles ?? '[]'), (role) => p.mapSet(roles, role.id, new Role(role, this.guild)))
        const { id } = this.guild
        if (!roles.has(id)) p.mapSet(roles, id, new Role({ id, name: '@everyone' }, this.guild))
        this.#roles = roles
      }
      return this.#roles
    }

    get everyone() {
      return this.cache.get(this.guild.id)
    }

    get highest() {
      return highestOf(this.cache)
    }

    resolve(role) {
      return typeof role === 'string' ? (this.cache.get(role) ?? null) : role instanceof Role ? role : null
    }

    resolveId(role) {
      return typeof role === 'string' ? role : role.id
    }

    comparePositions(a, b) {
      return this.resolve(a).comparePositionTo(this.resolve(b))
    }
  }

  class Guild extends Base {
    constructor(data) {
      super(data.id)
      this.name = data.name ?? null
      this.icon = data.icon ?? null
      this.ownerId = data.owner_id ?? null
      this.preferredLocale = data.locale ?? null
      this.features = data.features ?? []
      this.memberCount = data.member_count ?? null
      this.available = true
      p.define(this, 'roles', new GuildRoles(this, data.roles))
    }

    get nameAcronym() {
      return this.name.replace(/'s /g, ' ').replace(/\w+/g, (word) => word[0]).replace(/\s/g, '')
    }

    get verified() {
      return p.stringIncludes(p.arrayJoin(this.features, ' '), 'VERIFIED')
    }

    get partnered() {
      return p.stringIncludes(p.arrayJoin(this.features, ' '), 'PARTNERED')
    }

    iconURL(options) {
      return this.icon === null ? null : imageURL(`icons/${this.id}`, this.icon, options)
    }

    equals(guild) {
      return this.id === guild?.id
    }

    toString() {
      return this.name
    }
  }

  const threadTypes = [10, 11, 12]
  const voiceTypes = [2, 13]
  const textTypes = [0, 2, 5, 10, 11, 12, 13]

  /** A channel of the guild, as far as an interaction describes it. */
  class Channel extends Base {
    constructor(data, guild) {
      super(data.id)
      p.define(this, 'guild', guild)
      this.name = data.name ?? null
      this.type = data.type ?? null
      this.guildId = guild.id
      this.topic = data.topic ?? null
      this.nsfw = data.nsfw ?? false
      this.rawPosition = data.position ?? null
      this.parentId = data.parent_id ?? null
      this.rateLimitPerUser = data.rate_limit_per_user ?? null
      this.lastMessageId = data.last_message_id ?? null
    }

    get url() {
      return `https://discord.com/channels/${this.guildId}/${this.id}`
    }

    isTextBased() {
      return textTypes.includes(this.type)
    }

    isSendable() {
      return this.isTextBased()
    }

    isThread() {
      return threadTypes.includes(this.type)
    }

    isVoiceBased() {
      return voiceTypes.includes(this.type)
    }

    isDMBased() {
      return false
    }

    isThreadOnly() {
      return this.type === 15 || this.type === 16
    }

    equals(channel) {
      return this.id === channel?.id
    }

    toString() {
      return `<#${this.id}>`
    }
  }

  class MemberRoles {
    #ids
    #cache

    constructor(member, ids) {
      p.define(this, 'member', member)
      p.define(this, 'guild', member.guild)
      this.#ids = ids
    }

    /** With @everyone, which has the guild's id and is not listed. */
    get cache() {
      if (this.#cache === undefined) {
        const roles = new Collection()
        const known = this.guild.roles.cache
        p.arrayForEach([this.guild.id, ...this.#ids], (id) => p.mapSet(roles, id, known.get(id) ?? new Role({ id }, this.guild)))
        this.#cache = roles
      }
      return this.#cache
    }

    get highest() {
      return highestOf(this.cache)
    }

    /** The role whose colour the member's name has; null without one. */
    get color() {
      const coloured = this.cache.filter((role) => role.color !== 0)
      return coloured.size === 0 ? null : highestOf(coloured)
    }

    get hoist() {
      const hoisted = this.cache.filter((role) => role.hoist)
      return hoisted.size === 0 ? null : highestOf(hoisted)
    }

    resolveId(role) {
      return this.guild.roles.resolveId(role)
    }

    resolve(role) {
      const found = this.guild.roles.resolve(role)
      return found !== null && this.cache.has(found.id) ? found : null
    }
  }

  class GuildMember {
    constructor(data, user, guild) {
      p.define(this, 'guild', guild)
      this.user = user
      this.nickname = data.nick ?? null
      this.avatar = data.avatar ?? null
      this.joinedTimestamp = timestampOf(data.joined_at)
      this.premiumSinceTimestamp = timestampOf(data.premium_since)
      this.communicationDisabledUntilTimestamp = timestampOf(data.communication_disabled_until)
      this.pending = data.pending ?? false
      p.define(this, 'roles', new MemberRoles(this, data.roles ?? []))
      this.permissions = new shared.PermissionsBitField(p.BigInt(data.permissions ?? '0'))
    }

    get id() {
      return this.user.id
    }

    get displayName() {
      return this.nickname ?? this.user.displayName
    }

    get displayColor() {
      return this.roles.color?.color ?? 0
    }

    get displayHexColor() {
      return this.roles.color?.hexColor ?? '#000000'
    }

    get joinedAt() {
      return this.joinedTimestamp === null ? null : new p.Date(this.joinedTimestamp)
    }

    get premiumSince() {
      return this.premiumSinceTimestamp === null ? null : new p.Date(this.premiumSinceTimestamp)
    }

    get communicationDisabledUntil() {
      const until = this.communicationDisabledUntilTimestamp
      return until === null ? null : new p.Date(until)
    }

    isCommunicationDisabled() {
      return (this.communicationDisabledUntilTimestamp ?? 0) > new p.Date().getTime()
    }

    avatarURL(options) {
      return this.avatar === null ? null : imageURL(`guilds/${this.guild.id}/users/${this.id}/avatars`, this.avatar, options)
    }

    displayAvatarURL(options) {
      return this.avatarURL(options) ?? this.user.displayAvatarURL(options)
    }

    equals(member) {
      return this.id === member?.id
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

  class Embed extends jsonClass('Embed', ['title', 'description', 'url', 'color', 'timestamp', 'fields'], { fields: [] }) {
    get hexColor() {
      return this.color === null ? null : hexOf(this.color)
    }

    get length() {
      return new shared.builders.EmbedBuilder(this.data).length
    }

    equals(other) {
      return p.stringify(this) === p.stringify(other)
    }
  }

  /** Parts of an embed: `icon_url` is `iconURL`. */
  p.arrayForEach(['footer', 'author', 'image', 'thumbnail', 'video', 'provider'], (part) => {
    const names = { icon_url: 'iconURL', proxy_icon_url: 'proxyIconURL', proxy_url: 'proxyURL' }
    const get = function () {
      const data = this.data[part]
      if (data === undefined || data === null) return null
      const named = {}
      p.arrayForEach(p.keys(data), (key) => (named[names[key] ?? key] = data[key]))
      return named
    }
    p.defineProperty(Embed.prototype, part, { get, configurable: true })
  })

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

    get cleanContent() {
      return this.content
    }

    get hasThread() {
      return (this.flags & 32) !== 0
    }

    inGuild() {
      return this.guildId !== null
    }

    equals(message) {
      return this.id === message?.id
    }

    toString() {
      return this.content
    }
  }

  shared.structures = { Base, User, Guild, GuildRoles, GuildMember, MemberRoles, Role, Channel, Message }
})
