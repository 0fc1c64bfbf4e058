// Runs of scripts are isolated: changes, time and end of one do not affect another.
// @quiet
import assert from 'node:assert/strict'
import test, { describe } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { processesBelow } from '../harness/processes.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild, useComponent } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim, { env: { SCRIPTS_CPU_MS: '1000', SCRIPTS_WALL_MS: '60000' } })
const quiet = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
const loud = await scriptedGuild(hall, sim, guilds.harbour, people.grace)

const button = (label) => ({ type: 1, components: [{ type: 2, style: 1, label, custom_id: 'press' }] })
const response = { content: 'Press it', components: [button('Press')] }
const said = ({ calls }) => calls.map(({ data }) => data.content)

/** Calls a command of `guild` as a new person and presses its button. Returns the interaction once it is answered. */
async function press(guild, trigger, ready) {
  const channel = await sim.channelOf(guild.id)
  const person = await newcomer(sim, guild.id)
  const message = await callCommand(sim, channel, person, `!${trigger}`)
  return useComponent(sim, channel, person, message, componentsOf(message)[0], { ready })
}

describe('nothing is shared', () => {
  test('changes of globals and prototypes do not outlive a run', async () => {
    const changes = `
      globalThis.left = 1
      Object.prototype.left = Array.prototype.left = 2
      interaction.constructor.prototype.reply = () => 'mine'
      Symbol.for('left').description
      console.log = () => {}
      setTimeout = undefined
      args.push('left')
      interaction.user.id = 'left'
    `
    const looks = `
      const found = ['left', 'reply', 'toJSON'].filter((name) => name in globalThis)
      if ([].left || typeof setTimeout !== 'function' || args.length > 1) found.push('more')
      if (interaction.user.id === 'left') found.push('user')
      console.log(1)
      await interaction.reply('found: ' + found)
    `
    for (let i = 0; i < 3; ++i) {
      assert.equal((await quiet.run(changes, { args: ['a'] })).ending, 'completed')
      const outcome = await quiet.run(looks, { args: ['a'] })
      assert.equal(outcome.ending, 'completed', JSON.stringify(outcome.error))
      assert.deepEqual(said(outcome), ['found: '])
      assert.equal(outcome.console.length, 1)
    }
  })

  test('each run has different random numbers', async () => {
    const script = 'await interaction.reply(`${Math.random()}`)'
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => quiet.run(script)))
    assert.equal(new Set(outcomes.flatMap(said)).size, 6)
  })

  test('each run has its own input, also concurrently', async () => {
    const script = `
      await new Promise((resolve) => setTimeout(resolve, 20))
      await interaction.reply([interaction.customId, interaction.user.username, ...args].join())
    `
    const numbers = Array.from({ length: 12 }, (_, i) => i)
    const outcomes = await Promise.all(
      numbers.map((i) => {
        const interaction = { customId: `id${i}`, user: { id: `20000000000000001${10 + i}`, username: `user${i}` } }
        return (i % 2 ? quiet : loud).run(script, { interaction, args: [`arg${i}`] })
      }),
    )
    assert.deepEqual(
      outcomes.flatMap(said),
      numbers.map((i) => `id${i},user${i},arg${i}`),
    )
  })
})

describe('time is shared fairly', () => {
  test('a guild with endless scripts does not block other guilds', async () => {
    let going = true
    const loops = Array.from({ length: 4 }, async () => {
      const endings = []
      // On a slow machine a run may wait too long in the queue and fail.
      while (going) endings.push((await loud.tested('for (;;);')).body.ending ?? 'busy')
      return endings
    })
    for (let i = 0; i < 10; ++i) assert.deepEqual(said(await quiet.run(`await interaction.reply('${i}')`)), [`${i}`])
    going = false
    const endings = (await Promise.all(loops)).flat()
    assert.ok(endings.includes('cpu'))
    assert.deepEqual(endings.filter((ending) => !['cpu', 'busy'].includes(ending)), [])
  })

  test('many runs of one guild are queued, and too many are refused', async () => {
    const script = 'await new Promise((resolve) => setTimeout(resolve, 100)); await interaction.reply("x")'
    const crowd = Promise.all(Array.from({ length: 40 }, () => loud.tested(script)))
    assert.equal((await quiet.run('return')).ending, 'completed')
    const answers = await crowd
    const known = answers.filter(({ status }) => status === 200)
    assert.ok(known.length > 0, 'some of them ran')
    assert.ok(known.every(({ body }) => body.ending === 'completed'))
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      assert.match(String(answer.status), /^(429|503)$/, answer.text)
      assert.match(answer.header('retry-after'), /^\d+$/)
    }
  })
})

describe('an end is one’s own', () => {
  /** Processes without children: those of runs, and the zygote when there are none. */
  const leaves = () => {
    const all = processesBelow(hall.program.pid)
    return all.filter(({ pid }) => !all.some(({ parent }) => parent === pid)).map(({ pid }) => pid)
  }

  test('killing one run does not affect others', async () => {
    const [host] = leaves()
    const waits = (ms) => `await new Promise((resolve) => setTimeout(resolve, ${ms})); await interaction.reply('alive')`
    const victim = quiet.run(waits(4000))
    const run = await until(() => leaves().find((pid) => pid !== host), 'the run')
    const other = loud.run(waits(300))
    // The first signal is handled as a fault that the next instruction repeats.
    await until(() => {
      const isThere = leaves().includes(run)
      try {
        if (isThere) process.kill(run, 'SIGSEGV')
      } catch (error) {
        if (error.code !== 'ESRCH') throw error // It ended in between.
      }
      return !isThere
    }, 'its end')
    assert.equal((await victim).ending, 'crashed')
    assert.deepEqual(said(await other), ['alive'])
    assert.equal((await quiet.run('return')).ending, 'completed')
  })
})

describe('a run over a limit', () => {
  const cases = [
    ['loops', '\nfor (;;) Math.max(1, 2)', 'cpu', 2],
    ['grows', 'const kept = []\nfor (;;) kept.push(new Uint8Array(1 << 20).fill(1))', 'memory'],
    ['throws', 'await interaction.deferUpdate\nconst nothing = null\nnothing.x', 'exception', 3],
    ['calls', 'await interaction.reply("0")\nfor (;;) await interaction.editReply("again")', 'calls', 2],
    ['shouts', '\nawait interaction.reply("x".repeat(100000))', 'call_size', 2],
  ]

  for (const [trigger, interaction, ending, line] of cases) {
    test(`${ending} is told to the person alone, and logged with guild, reason and line`, async () => {
      await quiet.command({ trigger, response, interaction })
      const ephemeral = ({ message, followUps }) => [message, ...followUps].find((one) => one && one.flags & 64)
      const used = await press(quiet, trigger, ephemeral)
      const told = ephemeral(used)
      assert.match(told.content, /\S{2}/)
      assert.doesNotMatch(told.content, /0x|\.cpp|JavaScriptCore/, 'nothing of the inside')
      const entry = await hall.log(
        (one) => one.source === 'scripts' && one.trigger === trigger,
        `a line about ${trigger}`,
      )
      assert.deepEqual([entry.level, entry.guild, entry.ending], ['warn', quiet.id, ending])
      if (line) assert.equal(Number(entry.line), line)
    })
  }

  test('a script that does not respond leaves no interaction unanswered', async () => {
    await quiet.command({ trigger: 'silent', response, interaction: 'const x = 1' })
    const { failed, responses } = await press(quiet, 'silent')
    assert.equal(failed, false)
    assert.ok(responses.length > 0)
  })
})
