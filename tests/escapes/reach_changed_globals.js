// Takes every global away, or replaces it, and goes on calling.
// expect: completed
// calls: reply, followUp
for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (['console', 'interaction', 'args', 'undefined'].includes(name)) continue
  try {
    globalThis[name] = 1
    delete globalThis[name]
  } catch {}
}
await interaction.reply('fine')
await interaction.followUp('fine too')
