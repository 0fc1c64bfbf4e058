// `interaction`: the part of discord.js's MessageComponentInteraction that scripts need.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { errors } = shared
  const { collect } = shared.collections
  const { Base, User, Guild, GuildMember, Role, Channel, Message } = shared.structures

  const componentTypes = {
    isButton: 2,
    isStringSelectMenu: 3,
    isUserSelectMenu: 5,
    isRoleSelectMenu: 6,
    isMentionableSelectMenu: 7,
    isChannelSelectMenu: 8,
  }
  const callbackTypes = { reply: 4, deferReply: 5, deferUpdate: 6, update: 7 }

  /** The member of a call that names a message; none for the first response. */
  function target(message) {
    if (message === undefined || message === '@original') return {}
    return { message: typeof message === 'object' && message !== null ? message.id : message }
  }

  /** A message of this run, which may be edited and deleted. */
  class OwnMessage extends Message {
    #interaction

    constructor(data, interaction) {
      super(data)
      this.guildId ??= interaction.guildId
      this.#interaction = interaction
    }

    edit(options) {
      const edit = typeof options === 'string' ? { content: options } : options
      return this.#interaction.editReply({ ...edit, message: this.id })
    }

    delete() {
      return this.#interaction.deleteReply(this.id)
    }
  }

  class InteractionResponse extends Base {
    constructor(interaction) {
      super(interaction.id)
      this.interaction = interaction
    }

    fetch() {
      return this.interaction.fetchReply()
    }

    edit(options) {
      return this.interaction.editReply(options)
    }

    delete() {
      return this.interaction.deleteReply()
    }
  }

  const collects = 'awaitMessageComponent createMessageComponentCollector'
  shared.refuseMembers(InteractionResponse, 'response', collects)

  class MessageComponentInteraction extends Base {
    constructor(raw) {
      super(raw.id)
      const { data } = raw
      const resolved = data.resolved ?? {}
      this.type = raw.type ?? 3
      this.applicationId = raw.application_id ?? null
      this.channelId = raw.channel?.id ?? raw.channel_id ?? null
      this.guildId = raw.guild_id ?? null
      const guild = new Guild({ ...raw.guild, ...shared.guild, id: this.guildId })
      p.define(this, 'guild', guild)
      this.user = new User(raw.user ?? raw.member.user)
      this.member = raw.member === undefined ? null : new GuildMember(raw.member, this.user, guild)
      this.memberPermissions = this.member?.permissions ?? null
      this.appPermissions = new shared.PermissionsBitField(p.BigInt(raw.app_permissions ?? '0'))
      p.define(this, 'channel', new Channel(raw.channel ?? { id: this.channelId }, guild))
      p.define(this, 'client', shared.clientOf(this.applicationId))
      this.locale = raw.locale ?? null
      this.guildLocale = raw.guild_locale ?? null
      this.message = raw.message === undefined ? null : new Message(raw.message)
      for (const name of ['guild', 'channel', 'user', 'member', 'message']) {
        if (this[name] !== null) shared.setPath(this[name], `interaction.${name}`)
      }
      if (this.message !== null) {
        this.message.guildId ??= this.guildId
        p.define(this.message, 'guild', guild)
        p.define(this.message, 'channel', this.channel)
      }
      shared.setPath(guild.roles, 'interaction.guild.roles')
      if (this.member !== null) shared.setPath(this.member.roles, 'interaction.member.roles')
      this.customId = data.custom_id
      this.componentType = data.component_type
      this.deferred = false
      this.replied = false
      this.ephemeral = null
      if (this.isAnySelectMenu()) this.values = data.values ?? []
      if (this.isUserSelectMenu() || this.isMentionableSelectMenu()) {
        this.users = collect(resolved.users, (user) => new User(user))
        this.members = collect(resolved.members, (member, id) => new GuildMember(member, p.mapGet(this.users, id), guild))
      }
      if (this.isRoleSelectMenu() || this.isMentionableSelectMenu()) {
        this.roles = collect(resolved.roles, (role) => new Role(role, guild))
      }
      if (this.isChannelSelectMenu()) this.channels = collect(resolved.channels, (channel) => new Channel(channel, guild))
    }

    /** The component of the message that was used. */
    get component() {
      let found = null
      p.arrayForEach(this.message?.components ?? [], (row) => {
        p.arrayForEach(row.components, (component) => {
          if (component.customId === this.customId) found ??= component
        })
      })
      return found
    }

    inGuild() {
      return this.guildId !== null && this.member !== null
    }

    inCachedGuild() {
      return this.inGuild()
    }

    inRawGuild() {
      return false
    }

    isMessageComponent() {
      return true
    }

    isRepliable() {
      return true
    }

    isAnySelectMenu() {
      return this.componentType !== componentTypes.isButton
    }

    isSelectMenu() {
      return this.isStringSelectMenu()
    }

    async reply(options) {
      this.#requireOpen()
      return this.#respond('reply', shared.messageOptions(options))
    }

    async update(options) {
      this.#requireOpen()
      return this.#respond('update', shared.messageOptions(options))
    }

    async deferReply(options) {
      this.#requireOpen()
      return this.#respond('deferReply', shared.deferOptions(options))
    }

    async deferUpdate(options) {
      this.#requireOpen()
      return this.#respond('deferUpdate', { options: shared.deferOptions(options).options })
    }

    async editReply(options) {
      this.#requireResponse()
      const { data, options: plain } = shared.messageOptions(options)
      return this.#send('editReply', { data, ...target(plain.message) })
    }

    async followUp(options) {
      this.#requireResponse()
      return this.#send('followUp', { data: shared.messageOptions(options).data })
    }

    async deleteReply(message) {
      this.#requireResponse()
      await shared.call('deleteReply', target(message))
    }

    async fetchReply(message) {
      return new OwnMessage(await shared.call('fetchReply', target(message)), this)
    }

    async #send(method, args) {
      const message = await shared.call(method, args)
      this.replied = true
      return new OwnMessage(message, this)
    }

    /** The first response. */
    async #respond(method, { data, options }) {
      const withResponse = options.withResponse === true
      const message = await shared.call(method, { data, withResponse: withResponse || undefined })
      if (method === 'reply' || method === 'update') this.replied = true
      else this.deferred = true
      if (data !== undefined && method !== 'update') this.ephemeral = ((data.flags ?? 0) & shared.ephemeralFlag) !== 0
      if (!withResponse) return options.fetchReply ? this.fetchReply() : new InteractionResponse(this)
      return {
        interaction: { id: this.id, type: this.type },
        resource: { type: callbackTypes[method], message: message === null ? null : new OwnMessage(message, this) },
      }
    }

    #requireOpen() {
      if (this.deferred || this.replied) throw errors.alreadyReplied()
    }

    #requireResponse() {
      if (!this.deferred && !this.replied) throw errors.notReplied()
    }
  }

  const isOfType = (type) =>
    function () {
      return this.componentType === type
    }
  p.arrayForEach(p.keys(componentTypes), (name) => {
    p.define(MessageComponentInteraction.prototype, name, isOfType(componentTypes[name]))
  })
  shared.refuseMembers(
    MessageComponentInteraction,
    'interaction',
    `awaitModalSubmit authorizingIntegrationOwners context entitlements launchActivity options sendPremiumRequired
    showModal webhook`,
  )
  // discord.js's predicates for other kinds of interactions.
  const others = [
    'isCommand', 'isChatInputCommand', 'isContextMenuCommand', 'isUserContextMenuCommand',
    'isMessageContextMenuCommand', 'isPrimaryEntryPointCommand', 'isAutocomplete', 'isModalSubmit',
  ] // prettier-ignore
  p.arrayForEach(others, (name) => p.define(MessageComponentInteraction.prototype, name, () => false))

  shared.makeInteraction = (raw) => new MessageComponentInteraction(raw)
})
