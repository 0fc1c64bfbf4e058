import { withCommand, withoutCommand } from './component_ids.mjs'

const calls = ['reply', 'update', 'deferReply', 'deferUpdate', 'editReply', 'followUp', 'deleteReply', 'fetchReply']
const kinds = [
  'isButton',
  'isStringSelectMenu',
  'isUserSelectMenu',
  'isRoleSelectMenu',
  'isMentionableSelectMenu',
  'isChannelSelectMenu',
]

const describeUser = ({ id, username, globalName, displayName, tag, bot }) => ({
  ...{ id, username, globalName, displayName, tag, bot },
  toString: () => `<@${id}>`,
})

const describeMember = (member, user) => ({
  ...{ user, displayName: member.displayName, nickname: member.nickname },
  roles: { cache: { has: (id) => member.roles.cache.has(id) } },
  permissions: { has: (permission) => member.permissions.has(permission) },
})

const describeMessage = ({ id, content, embeds, components, author, createdTimestamp }) => ({
  ...{ id, content, createdTimestamp },
  embeds: embeds.map((embed) => embed.toJSON()),
  components: withoutCommand(components.map((row) => row.toJSON())),
  author: describeUser(author),
})

/** Options of a message, whose components are to run the same command's script. */
function signed(options, commandId) {
  if (!options?.components) return options
  return { ...options, components: withCommand(options.components, commandId) }
}

/** What a script sees of discord.js's `interaction`, and no more. `mostCalls`: how often it may answer. */
export function scriptInteraction(interaction, { commandId, ownId }, mostCalls) {
  const { id, values, guildId, channelId, locale, createdTimestamp } = interaction
  const user = describeUser(interaction.user)
  let made = 0
  const call = (method) => async (options) => {
    if (++made > mostCalls) throw Object.assign(new Error('Too many calls.'), { code: 'CALLS' })
    const answer = await interaction[method](signed(options, commandId))
    return answer?.content === undefined ? undefined : describeMessage(answer)
  }
  return {
    ...{ id, customId: ownId, values, guildId, channelId, locale, createdTimestamp, user },
    member: interaction.member && describeMember(interaction.member, user),
    message: describeMessage(interaction.message),
    get replied() {
      return interaction.replied
    },
    get deferred() {
      return interaction.deferred
    },
    ...Object.fromEntries(kinds.map((kind) => [kind, () => interaction[kind]()])),
    ...Object.fromEntries(calls.map((method) => [method, call(method)])),
  }
}
