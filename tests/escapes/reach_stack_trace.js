// Uses the engine's hook for stack traces, and searches stacks for paths and internal names.
// expect: completed
let sites
Error.prepareStackTrace = (error, structured) => {
  sites = structured
  return structured
}
const error = new Error('x')
const target = {}
Error.captureStackTrace?.(target)
const texts = [error.stack, target.stack]
try {
  await interaction.editReply('too early')
} catch (refusal) {
  texts.push(refusal.stack)
}
if (sites !== undefined) throw new Error('There are call sites')
for (const text of texts) if (/\/|\.cpp|\.so|guildhall/.test(String(text))) throw new Error(`It tells of the inside: ${text}`)
