// What the tests of Discord libraries against discord-sim share.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { root } from './paths.mjs'
import { people, startSimulator } from './simulator.mjs'
import { until } from './wait.mjs'

/** Of a test: a library that waits for an event that does not come would wait for ever. */
export const limited = { timeout: 120_000 }

/** Loads packages of tests/libraries; `has` tells whether an optional one could be installed. */
export const requireLibrary = createRequire(`${root}/tests/libraries/package.json`)
export const has = (name) => {
  try {
    requireLibrary(name)
    return true
  } catch {
    return false
  }
}

/** A guild in which the bot may do everything and Grace may nothing special, with a text channel. */
export async function startWorld(scope, options) {
  const sim = await startSimulator(scope, options)
  await sim.changeRateLimits({ lifted: true })
  const guild = await sim.guild({
    name: 'Library',
    botPermissions: '8',
    channels: [{ name: 'general' }],
    members: [{ userId: people.grace.id }, { userId: people.linus.id, nick: 'Tux' }],
  })
  return { sim, guildId: guild.id, channelId: guild.channels[0].id }
}

/** A picture of one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** One option of each type, as Discord's API has them, but for attachments. */
export const everyOption = [
  { type: 3, name: 'text', description: 'A text', required: true, max_length: 50 },
  { type: 4, name: 'count', description: 'A count', min_value: 1, max_value: 9 },
  { type: 5, name: 'flag', description: 'A flag' },
  { type: 6, name: 'person', description: 'A person' },
  { type: 7, name: 'place', description: 'A channel' },
  { type: 8, name: 'rank', description: 'A role' },
  { type: 9, name: 'either', description: 'A person or a role' },
  { type: 10, name: 'ratio', description: 'A number' },
  { type: 11, name: 'file', description: 'A file' },
]

/** Values for them. */
export const everyValue = (guildId, channelId) => ({
  options: {
    text: 'hello',
    count: 3,
    flag: true,
    person: people.grace.id,
    place: channelId,
    rank: guildId,
    either: people.linus.id,
    ratio: 0.5,
    file: 'note',
  },
  attachments: { note: { filename: 'note.txt', content: 'A note' } },
})

/** Waits until the interaction has been answered, and returns what became of it. */
export async function answered(sim, { id }) {
  return until(async () => {
    const interaction = await sim.interaction(id)
    return interaction.responses.length > 0 && interaction
  }, 'the answer of the bot')
}

/** Asserts that the file at `url` has these bytes. */
export async function assertFile(url, bytes) {
  const answer = await fetch(url)
  assert.equal(answer.status, 200)
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(bytes))
}
