// use: button
// tells: 3
const {
  ActionRowBuilder,
  ButtonBuilder,
  Colors,
  EmbedBuilder,
  StringSelectMenuBuilder,
  StringSelectMenuOptionBuilder,
} = require('discord.js')

const embed = EmbedBuilder.from(interaction.message.embeds[0]).setColor(Colors.Green).setFooter({ text: 'Done' })
const button = ButtonBuilder.from(interaction.message.components[0].components[0]).setDisabled(true)
const row = new ActionRowBuilder().addComponents(button)
await interaction.update({ embeds: [embed], components: [row] })
const menu = new StringSelectMenuBuilder()
  .setCustomId('starter')
  .setPlaceholder('Make a selection!')
  .addOptions(
    new StringSelectMenuOptionBuilder()
      .setLabel('Bulbasaur')
      .setDescription('The dual-type Grass/Poison')
      .setValue('bulbasaur'),
    { label: 'Charmander', description: 'The Fire-type', value: 'charmander', emoji: '🔥' },
  )
await interaction.followUp({
  content: 'Choose your starter!',
  components: [new ActionRowBuilder().addComponents(menu)],
})
await interaction.editReply({ components: [] })
