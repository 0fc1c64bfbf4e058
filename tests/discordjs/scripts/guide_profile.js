// use: button
// tells: 1
const {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  MessageFlags,
  TimestampStyles,
  bold,
  time,
  userMention,
} = require('discord.js')

const { member, user } = interaction
const embed = new EmbedBuilder()
  .setColor(member.displayHexColor)
  .setTitle(member.displayName)
  .setAuthor({ name: user.username, iconURL: user.displayAvatarURL() })
  .setThumbnail(member.displayAvatarURL({ size: 128 }))
  .setDescription(`${bold(interaction.guild.name)}, ${userMention(user.id)}`)
  .addFields(
    { name: 'Joined', value: time(new Date(1618953630000), TimestampStyles.RelativeTime), inline: true },
    { name: 'Highest role', value: member.roles.highest.name, inline: true },
  )
  .setTimestamp(new Date(0))
const row = new ActionRowBuilder().addComponents(
  new ButtonBuilder().setCustomId('next').setLabel('Next').setStyle(ButtonStyle.Primary).setEmoji('👍'),
  new ButtonBuilder().setURL('https://discord.js.org').setLabel('Guide').setStyle(ButtonStyle.Link),
)
await interaction.reply({ embeds: [embed], components: [row], flags: MessageFlags.Ephemeral })
