// Does what most scripts do. It runs once before the first fork, so that the engine has compiled what each run needs.
console.log('%s chose %o', interaction.user.tag, { customId: interaction.customId, args, when: new Date(0) })
const isMember = interaction.isButton() && interaction.member.permissions.has('ManageGuild')
await interaction.update({
  content: `Hello ${interaction.member.displayName}`,
  embeds: [{ title: interaction.message.embeds[0].title, footer: { text: `${isMember}`, iconURL: 'https://example.org' } }],
  components: interaction.message.components,
})
await interaction.followUp({ content: 'Thanks', ephemeral: true })
await new Promise((resolve) => setTimeout(resolve, 0))
try {
  await interaction.reply('again')
} catch (error) {
  console.warn(error)
}
'a,b'.split(/,/).map((word) => word.toUpperCase()).join(' ')
new Intl.NumberFormat('en-US').format(1234.5)
new Date(0).toLocaleString('en-US')
JSON.parse(JSON.stringify([...new Map([[1, { a: 2 }]]).values()]))
await Promise.all([1, 2].map(async (number) => number * 2))
const { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder, StringSelectMenuBuilder, bold, time } = require('discord.js')
const { guild, member } = interaction
const embed = new EmbedBuilder({ title: `${guild}` })
  .setColor(member.displayHexColor)
  .setAuthor({ name: member.roles.highest.name, iconURL: member.displayAvatarURL({ size: 64 }) })
  .setDescription(bold(time(0)))
  .addFields({ name: `${interaction.channel}`, value: 'b' })
  .setTimestamp()
const button = new ButtonBuilder().setCustomId('a').setLabel('a').setStyle(ButtonStyle.Primary)
const menu = new StringSelectMenuBuilder().setCustomId('b').addOptions({ label: 'a', value: 'b' })
const components = [button, menu].map((component) => new ActionRowBuilder().addComponents(component))
await interaction.editReply({ embeds: [embed, EmbedBuilder.from(interaction.message.embeds[0])], components })
throw new TypeError('The end.')
