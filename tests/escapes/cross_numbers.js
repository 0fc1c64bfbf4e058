// Numbers that JSON cannot express or that are out of range.
// expect: completed
for (const number of [NaN, Infinity, -Infinity, -0, 1e308, 2 ** 53, -1, 0.1]) {
  await interaction.followUp({ content: 'x', flags: number }).catch(() => {})
  await interaction.followUp({ embeds: [{ title: 'x', color: number }] }).catch(() => {})
}
