// `interaction`: discord.js's MessageComponentInteraction, as far as a script needs it.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { errors } = shared
  const { Collection, collect, User, GuildMember, Message, Named } = shared.structures

  const componentTypes = {
    isButton: 2,
    isStringSelectMenu: 3,
    isUserSelectMenu: 5,
    isRoleSelectMenu: 6,
    isMentionableSelectMenu: 7,
    isChannelSelectMenu: 8,
  }
  const callbackTypes = { reply: 4, deferReply: 5, deferUpdate: 6, update: 7 }

  const messageId = (message) => (typeof message === 'object' && message !== null ? message.id : message)
  const addressed = (message) => (message === undefined || message === '@original' ? {} : { message: messageId(message) })

  /** A message that this run has made: it may be edited and deleted. */
  class OwnMessage extends Message {
    #interaction

    constructor(data, interaction) {
      super(data)
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

  class InteractionResponse {
    constructor(interaction) {
      this.interaction = interaction
      this.id = interaction.id
    }

    get createdTimestamp() {
      return shared.timestampOf(this.id)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
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

  class MessageComponentInteraction {
    constructor(raw) {
      const { data } = raw
      const resolved = data.resolved ?? {}
      this.type = raw.type ?? 3
      this.id = raw.id
      this.applicationId = raw.application_id ?? null
      this.channelId = raw.channel?.id ?? raw.channel_id ?? null
      this.guildId = raw.guild_id ?? null
      this.user = new User(raw.user ?? raw.member.user)
      this.member = raw.member === undefined ? null : new GuildMember(raw.member, this.user, this.guildId)
      this.memberPermissions = this.member?.permissions ?? null
      this.appPermissions = new shared.PermissionsBitField(p.BigInt(raw.app_permissions ?? '0'))
      this.channel = raw.channel === undefined ? null : new Named(raw.channel, '#')
      this.locale = raw.locale ?? null
      this.guildLocale = raw.guild_locale ?? null
      this.message = raw.message === undefined ? null : new Message(raw.message)
      this.customId = data.custom_id
      this.componentType = data.component_type
      this.deferred = false
      this.replied = false
      this.ephemeral = null
      if (this.isAnySelectMenu()) this.values = data.values ?? []
      if (this.isUserSelectMenu() || this.isMentionableSelectMenu()) {
        this.users = collect(resolved.users, (user) => new User(user))
        this.members = collect(resolved.members, (member, id) => new GuildMember(member, p.mapGet(this.users, id), this.guildId))
      }
      if (this.isRoleSelectMenu() || this.isMentionableSelectMenu()) {
        this.roles = collect(resolved.roles, (role) => new Named(role, '@&'))
      }
      if (this.isChannelSelectMenu()) this.channels = collect(resolved.channels, (channel) => new Named(channel, '#'))
    }

    get createdTimestamp() {
      return shared.timestampOf(this.id)
    }

    get createdAt() {
      return new p.Date(this.createdTimestamp)
    }

    /** The component that was used, as the message has it. */
    get component() {
      const rows = this.message?.components ?? []
      for (let r = 0; r < rows.length; r++) {
        const { components } = rows[r]
        for (let c = 0; c < components.length; c++) if (components[c].customId === this.customId) return components[c]
      }
      return null
    }

    inGuild() {
      return this.guildId !== null && this.member !== null
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
      this.#mustBeOpen()
      return this.#answer('reply', shared.messageOptions(options))
    }

    async update(options) {
      this.#mustBeOpen()
      return this.#answer('update', shared.messageOptions(options))
    }

    async deferReply(options) {
      this.#mustBeOpen()
      return this.#answer('deferReply', shared.deferOptions(options))
    }

    async deferUpdate(options) {
      this.#mustBeOpen()
      return this.#answer('deferUpdate', { data: undefined, options: shared.deferOptions(options).options })
    }

    async editReply(options) {
      this.#mustBeAnswered()
      const { data, options: plain } = shared.messageOptions(options)
      const message = await shared.call('editReply', { data, ...addressed(plain.message) })
      this.replied = true
      return new OwnMessage(message, this)
    }

    async followUp(options) {
      this.#mustBeAnswered()
      const message = await shared.call('followUp', { data: shared.messageOptions(options).data })
      this.replied = true
      return new OwnMessage(message, this)
    }

    async deleteReply(message) {
      this.#mustBeAnswered()
      await shared.call('deleteReply', addressed(message))
    }

    async fetchReply(message) {
      return new OwnMessage(await shared.call('fetchReply', addressed(message)), this)
    }

    async #answer(method, { data, options }) {
      const withResponse = options.withResponse === true
      const message = await shared.call(method, {
        ...(data === undefined ? {} : { data }),
        ...(withResponse ? { withResponse } : {}),
      })
      if (method === 'reply' || method === 'update') this.replied = true
      else this.deferred = true
      if (data !== undefined && method !== 'update') this.ephemeral = ((data.flags ?? 0) & shared.ephemeralFlag) !== 0
      if (withResponse) {
        return {
          interaction: { id: this.id, type: this.type },
          resource: { type: callbackTypes[method], message: message === null ? null : new OwnMessage(message, this) },
        }
      }
      return options.fetchReply ? this.fetchReply() : new InteractionResponse(this)
    }

    #mustBeOpen() {
      if (this.deferred || this.replied) throw errors.alreadyReplied()
    }

    #mustBeAnswered() {
      if (!this.deferred && !this.replied) throw errors.notReplied()
    }
  }

  const questions = p.keys(componentTypes)
  for (let i = 0; i < questions.length; i++) {
    const type = componentTypes[questions[i]]
    p.defineProperty(MessageComponentInteraction.prototype, questions[i], {
      value() {
        return this.componentType === type
      },
      writable: true,
      configurable: true,
    })
  }
  // What discord.js asks of other kinds of interactions.
  const never = ['isCommand', 'isChatInputCommand', 'isContextMenuCommand', 'isAutocomplete', 'isModalSubmit']
  for (let i = 0; i < never.length; i++) {
    p.defineProperty(MessageComponentInteraction.prototype, never[i], {
      value: () => false,
      writable: true,
      configurable: true,
    })
  }

  shared.makeInteraction = (raw) => new MessageComponentInteraction(raw)
})
