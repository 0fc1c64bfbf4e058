// use: button
// tells: 1
const { user, member, guild, channel, message } = interaction
const shown = {
  user: [
    user.avatarURL(),
    user.displayAvatarURL({ size: 256 }),
    user.displayAvatarURL({ extension: 'png', forceStatic: true }),
  ],
  defaults: [/embed.avatars.[0-5].png$/.test(user.defaultAvatarURL), message.author.displayAvatarURL()],
  member: [
    member.displayAvatarURL(),
    member.avatarURL(),
    member.displayName,
    member.displayColor,
    member.displayHexColor,
  ],
  highest: member.roles.highest.name,
  coloured: [member.roles.color.name, member.roles.hoist.name],
  roles: member.roles.cache.map((role) => role.name).sort(),
  role: member.roles.cache
    .filter((role) => role.name !== '@everyone')
    .map((role) => [
      role.name,
      role.color,
      role.hexColor,
      role.position,
      role.rawPosition,
      role.hoist,
      role.mentionable,
      role.managed,
    ])
    .sort(),
  has: [
    member.roles.cache.some((role) => role.name === 'above'),
    member.roles.cache.find((role) => role.name === 'top') === undefined,
  ],
  guild: [guild.name, `${guild}`, guild.memberCount > 1, guild.ownerId, guild.nameAcronym, guild.iconURL(), guild.id],
  all: guild.roles.cache.map((role) => role.name).sort(),
  everyone: [guild.roles.everyone.name, `${guild.roles.everyone}`, guild.roles.highest.name],
  higher: member.roles.highest.comparePositionTo(guild.roles.everyone) > 0,
  channel: [
    channel.name,
    channel.type,
    channel.isTextBased(),
    channel.isThread(),
    channel.url === message.url.replace(/.\d+$/, ''),
  ],
  mentions: [`${channel}` === `<#${channel.id}>`, `${member.roles.highest}` === `<@&${member.roles.highest.id}>`],
  same: [member.guild === guild, message.guild === guild, message.channel === channel, interaction.inCachedGuild()],
  embed: [message.embeds[0].data.title, message.embeds[0].hexColor, message.embeds[0].length],
}
await interaction.reply(JSON.stringify(shown))
