// Bit fields with discord.js's names (Discord: topics/permissions, Bitwise Permission Flags).
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
  for (let i = 0; i < names.length; i++) flags[names[i]] = 1n << p.BigInt(i)
  flags.SendPolls = 1n << 49n
  flags.UseExternalApps = 1n << 50n
  p.freeze(flags)

  function bitsOf(value) {
    if (typeof value === 'bigint') return value
    if (typeof value === 'string' && flags[value] !== undefined) return flags[value]
    if (p.arrayIsArray(value)) {
      let bits = 0n
      for (let i = 0; i < value.length; i++) bits |= bitsOf(value[i])
      return bits
    }
    throw shared.errors.bitFieldInvalid(value)
  }

  shared.PermissionsBitField = class PermissionsBitField {
    constructor(bitfield) {
      this.bitfield = bitfield
      p.freeze(this)
    }

    /** Whether all of these are there; ADMINISTRATOR has every one. */
    has(permission, checkAdmin = true) {
      if (checkAdmin && (this.bitfield & flags.Administrator) !== 0n) return true
      const bits = bitsOf(permission)
      return (this.bitfield & bits) === bits
    }

    any(permission, checkAdmin = true) {
      if (checkAdmin && (this.bitfield & flags.Administrator) !== 0n) return true
      return (this.bitfield & bitsOf(permission)) !== 0n
    }

    toArray() {
      const list = []
      const all = p.keys(flags)
      for (let i = 0; i < all.length; i++) if (this.has(all[i], false)) p.arrayPush(list, all[i])
      return list
    }

    toJSON() {
      return p.String(this.bitfield)
    }
  }
  p.defineProperty(shared.PermissionsBitField, 'Flags', { value: flags })
})
