// discord.py as it is, against the simulator. It compresses with zlib-stream always.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { answered, everyValue, limited, startWorld } from '../harness/libraries.mjs'
import { root } from '../harness/paths.mjs'
import { application, people } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const { sim, guildId, channelId } = await startWorld(test)

test('discord.py', limited, async (scope) => {
  const script = `${root}/tests/libraries/bot.py`
  const args = [script, `${sim.url}/api/v10`, sim.gatewayUrl, application.botToken, guildId, channelId]
  const bot = spawn('/usr/bin/python3', args)
  scope.after(() => bot.kill())
  const lines = []
  for (const stream of [bot.stdout, bot.stderr]) createInterface(stream).on('line', (line) => lines.push(line))
  const ended = once(bot, 'close')
  await until(() => lines.includes('registered') || bot.exitCode !== null, 'discord.py', 60_000)
  assert.equal(bot.exitCode, null, lines.join('\n'))

  const use = async (fields) => answered(sim, await sim.interact(channelId, people.grace, fields))
  const values = everyValue(guildId, channelId)
  delete values.options.either
  const everything = await use({ name: 'everything', ...values })
  assert.equal(everything.message.content, 'hello 3 True grace general @everyone 0.5 A note', lines.join('\n'))
  const pressed = await use({ type: 3, messageId: everything.message.id, customId: 'press' })
  assert.equal(pressed.message.content, 'Pressed')
  const guess = await use({ type: 4, name: 'guess', options: { what: 'ab' }, focused: 'what' })
  assert.deepEqual(guess.responses[0].data.choices, [{ name: 'ab!', value: 'ab' }])
  const form = await use({ name: 'form' })
  const filled = await use({ type: 5, interactionId: form.id, fields: { name: 'Bob' } })
  assert.equal(filled.message.content, 'Bob')
  const user = await use({ name: 'User', commandType: 2, targetId: people.linus.id })
  assert.equal(user.message.content, 'linus')
  const said = await sim.say(channelId, people.linus, 'Hi')
  const quote = await sim.interact(channelId, people.grace, { name: 'Message', commandType: 3, targetId: said.id })
  const seen = await until(async () => {
    const interaction = await sim.interaction(quote.id)
    return interaction.followUps.length > 0 && interaction
  }, 'the follow-up')
  assert.equal(seen.message.content, 'On Hi')
  bot.stdin.end()
  await within(ended, 'the end of discord.py')
  assert.ok(lines.includes('all well'), lines.join('\n'))
})
