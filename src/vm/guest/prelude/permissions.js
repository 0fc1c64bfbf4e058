// Permissions with discord.js's names (Discord: topics/permissions, Bitwise Permission Flags).
(function (shared) {
  'use strict'
  const p = shared.primordials

  const names = [
    'CreateInstantInvite', 'KickMembers', 'BanMembers', 'Administrator', 'ManageChannels', 'ManageGuild',
    'AddReactions', 'ViewAuditLog', 'PrioritySpeaker', 'Stream', 'ViewChannel', 'SendMessages',
    'SendTTSMessages', 'ManageMessages', 'EmbedLinks', 'AttachFiles', 'ReadMessageHistory', 'MentionEveryone',
    'UseExternalEmojis', 'ViewGuildInsights', 'Connect', 'Speak', 'MuteMembers', 'DeafenMembers',
    'MoveMembers', 'UseVAD', 'ChangeNickname', 'ManageNicknames', 'ManageRoles', 'ManageWebhooks',
    'ManageGuildExpressions', 'UseApplicationCommands', 'RequestToSpeak', 'ManageEvents', 'ManageThreads',
    'CreatePublicThreads', 'CreatePrivateThreads', 'UseExternalStickers', 'SendMessagesInThreads',
    'UseEmbeddedActivities', 'ModerateMembers', 'ViewCreatorMonetizationAnalytics', 'UseSoundboard',
    'CreateGuildExpressions', 'CreateEvents', 'UseExternalSounds', 'SendVoiceMessages',
  ] // prettier-ignore
  const flags = p.create(null)
  p.arrayForEach(names, (name, bit) => (flags[name] = 1n << p.BigInt(bit)))
  const later = { SetVoiceChannelStatus: 48n, SendPolls: 49n, UseExternalApps: 50n, PinMessages: 51n, BypassSlowmode: 52n }
  p.arrayForEach(p.keys(later), (name) => (flags[name] = 1n << later[name]))
  flags.ManageEmojisAndStickers = flags.ManageGuildExpressions
  p.freeze(flags)

  function resolve(value) {
    if (typeof value === 'bigint') return value
    if (typeof value === 'string' && flags[value] !== undefined) return flags[value]
    if (typeof value === 'string' && p.regExpExec(/^\d+$/, value) !== null) return p.BigInt(value)
    if (value instanceof shared.PermissionsBitField) return value.bitfield
    if (!p.isArray(value)) throw shared.errors.bitFieldInvalid(value)
    let bits = 0n
    p.arrayForEach(value, (each) => (bits |= resolve(each)))
    return bits
  }

  shared.PermissionsBitField = class PermissionsBitField {
    constructor(bits = 0n) {
      this.bitfield = resolve(bits)
      p.freeze(this)
    }

    /** Whether it has all of these. ADMINISTRATOR implies every permission. */
    has(permission, checkAdmin = true) {
      if (this.#isAdmin(checkAdmin)) return true
      const bits = resolve(permission)
      return (this.bitfield & bits) === bits
    }

    any(permission, checkAdmin = true) {
      return this.#isAdmin(checkAdmin) || (this.bitfield & resolve(permission)) !== 0n
    }

    missing(permissions, checkAdmin = true) {
      const wanted = new PermissionsBitField(resolve(permissions))
      const list = []
      p.arrayForEach(wanted.toArray(), (name) => this.has(name, checkAdmin) || p.arrayPush(list, name))
      return list
    }

    equals(permissions) {
      return this.bitfield === resolve(permissions)
    }

    add(...permissions) {
      return new PermissionsBitField(this.bitfield | resolve(permissions))
    }

    remove(...permissions) {
      return new PermissionsBitField(this.bitfield & ~resolve(permissions))
    }

    serialize(checkAdmin) {
      const object = {}
      p.arrayForEach(p.keys(flags), (name) => (object[name] = this.has(name, checkAdmin)))
      return object
    }

    freeze() {
      return this
    }

    valueOf() {
      return this.bitfield
    }

    toArray() {
      const list = []
      p.arrayForEach(p.keys(flags), (name) => this.has(name, false) && p.arrayPush(list, name))
      return list
    }

    toJSON() {
      return p.String(this.bitfield)
    }

    #isAdmin(checkAdmin) {
      return checkAdmin && (this.bitfield & flags.Administrator) !== 0n
    }
  }
  p.define(shared.PermissionsBitField, 'Flags', flags)
})
