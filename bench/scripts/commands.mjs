// What is pressed: a button whose script answers, and one whose script never ends.
const response = (customId) => ({
  content: 'Press it',
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: customId }] }],
})

export const commands = {
  press: {
    response: response('count:41'),
    script: `
      const [, text] = interaction.customId.split(':')
      const count = Number(text) + 1
      await interaction.reply({
        content: \`\${interaction.user.username} has pressed it \${count} times\`,
        embeds: [{ title: 'Counter', fields: [{ name: 'Count', value: String(count), inline: true }] }],
      })
    `,
  },
  hang: { response: response('hang'), script: 'for (;;);' },
}
