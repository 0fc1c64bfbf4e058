// Gets called after its end, by the collector and by timers.
// expect: completed
const registry = new FinalizationRegistry(() => interaction.reply('from beyond'))
for (let i = 0; i < 1000; ++i) registry.register({}, i)
const timer = setTimeout(() => interaction.reply('never'), 1)
clearTimeout(timer)
