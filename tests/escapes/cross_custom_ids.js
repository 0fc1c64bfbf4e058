// Components with invalid custom ids.
// expect: completed
const button = (fields) => ({ components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', ...fields }] }] })
for (const customId of ['', 'x'.repeat(101), '\ud800', 'a:b:c', 7, null, {}, ['x']]) {
  await interaction.followUp({ content: 'x', ...button({ customId, custom_id: customId }) }).catch(() => {})
}
