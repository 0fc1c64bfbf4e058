// Creates formatters for many locales.
// expect: memory | cpu
const kept = []
for (let i = 0; ; ++i) {
  const language = ['de', 'ja', 'ar', 'hi', 'th', 'tr'][i % 6]
  kept.push(new Intl.DateTimeFormat(language, { dateStyle: 'full' }), new Intl.Collator(language), new Intl.NumberFormat(language))
}
