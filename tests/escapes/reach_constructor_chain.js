// Creates functions with the constructor of every object that it can reach, in case one belongs to another realm.
// expect: completed
const given = [this, interaction, interaction.reply, interaction.user, interaction.member, interaction.message, args]
given.push(console, console.log, setTimeout, structuredClone, Promise.resolve(), interaction.isButton, [], new Error('x'))
for (const value of given) {
  let world
  try {
    world = value?.constructor?.constructor?.('return globalThis')()
  } catch (refusal) {
    if (!(refusal instanceof Error)) throw new Error('An error from another world')
  }
  if (world !== undefined && world !== globalThis) throw new Error('Another world')
}
