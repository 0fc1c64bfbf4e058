// use: button
// tells: 1
const { user, member, message, customId, guildId, channelId, componentType, locale } = interaction
const kinds = ['isButton', 'isStringSelectMenu', 'isUserSelectMenu', 'isAnySelectMenu', 'isMessageComponent', 'isRepliable', 'inGuild']
const known = {
  args,
  customId,
  guildId,
  componentType,
  locale,
  inThisChannel: channelId === message.channelId,
  kinds: kinds.filter((kind) => interaction[kind]()),
  user: [user.id, user.username, user.globalName, user.displayName, user.tag, user.bot, `${user}`],
  member: [member.displayName, member.nickname, member.id, `${member}`, member.user === user],
  rights: ['Administrator', 'ManageGuild', 'KickMembers', 'SendMessages'].map((name) => member.permissions.has(name)),
  bits: [member.permissions.has(8n), interaction.memberPermissions.has(['ManageGuild', 'BanMembers'])],
  roles: [member.roles.cache.has('1'), member.roles.cache.has(guildId)],
  message: [message.content, message.author.id, message.author.bot, message.embeds[0].title, message.embeds[0].fields[0].value],
  components: message.components[0].components.map(({ customId: id, label, type }) => [id, label, type]),
  ages: [interaction.createdTimestamp >= message.createdTimestamp, interaction.createdAt instanceof Date],
  state: [interaction.replied, interaction.deferred, interaction.ephemeral],
}
await interaction.reply(`\`\`\`json\n${JSON.stringify(known, null, 1)}\n\`\`\``)
