// Every hostile script of tests/escapes/ ends as its first lines say, without effect on others.
// @long
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test, { describe } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { root } from '../harness/paths.mjs'
import { descriptorsOf, processesBelow } from '../harness/processes.mjs'
import { callCommand, scriptedGuild } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const folder = join(root, 'tests/escapes')
const callsAllowed = 20
const longestMessage = 1000
const longestStack = 4000
const linesAllowed = 100
const longestLine = 2048

/** Parses `// expect: memory | cpu`, `// calls: reply, followUp`, `// console: 100` in a script's first lines. */
function readScript(file) {
  const script = readFileSync(join(folder, file), 'utf8')
  const head = script.split('\n').slice(0, 6).join('\n')
  const list = (name, separator) => new RegExp(`^// ${name}: (.+)$`, 'm').exec(head)?.[1].split(separator)
  return { file, script, endings: list('expect', ' | '), calls: list('calls', ', '), lines: list('console', ', ')?.[0] }
}

const scripts = readdirSync(folder).filter((file) => file.endsWith('.js')).map(readScript)
const sim = await startSimulator(test)
// On a busy machine a script needs long to use up its processor time.
const hall = await startGuildhall(test, sim, { env: { SCRIPTS_CPU_MS: '300', SCRIPTS_WALL_MS: '60000' } })
const impatient = await startGuildhall(test, sim, { env: { SCRIPTS_WALL_MS: '2000' } })
const hostile = []
for (let i = 0; i < 3; ++i) hostile.push(await scriptedGuild(hall, sim, (await sim.guild()).id, people.ada))
const waiting = await scriptedGuild(impatient, sim, (await sim.guild()).id, people.ada)
const bystander = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
await bystander.command({ trigger: 'sign-of-life', response: { content: 'here' } })
const channel = await sim.channelOf(guilds.workshop)
let next = 0

/** Asserts that a script of another guild still runs as before. */
async function assertOthersRun() {
  const { ending, error, calls } = await bystander.run(`
    const strange = ['polluted', 'toJSON', 'then', 'outside'].filter((name) => name in {})
    await interaction.reply(strange.join() || [1, 2].map(String).join('-'))
  `)
  assert.equal(ending, 'completed', JSON.stringify(error))
  assert.deepEqual(calls.map(({ method, data }) => [method, data.content]), [['reply', '1-2']])
}

function assertBounded({ error, calls, console: lines }) {
  assert.ok(calls.length <= callsAllowed, `${calls.length} calls`)
  assert.ok(lines.length <= linesAllowed, `${lines.length} lines`)
  for (const { level, text } of lines) {
    assert.match(level, /^(debug|log|info|warn|error)$/)
    assert.ok(Buffer.byteLength(text) <= longestLine, `a line of ${Buffer.byteLength(text)} bytes`)
  }
  if (error === null) return
  assert.ok(Buffer.byteLength(error.message ?? '') <= longestMessage, 'a long message')
  assert.ok(Buffer.byteLength(error.stack ?? '') <= longestStack, 'a long stack')
}

await hall.scriptsReady()
const processes = processesBelow(hall.program.pid).length
await Promise.all(hostile.map((guild) => guild.run('return')))
await until(() => processesBelow(hall.program.pid).length === processes, 'the first runs to be gone')
const descriptors = descriptorsOf(hall.program.pid).length

describe('hostile scripts', { concurrency: 4 }, () => {
  for (const { file, script, endings, calls, lines } of scripts) {
    test(file.replace('.js', '').replaceAll('_', ' '), async () => {
      assert.ok(endings, 'it says how it ends')
      const guild = endings?.includes('wall') ? waiting : hostile[next++ % hostile.length]
      const outcome = await guild.run(script)
      const told = `${outcome.ending}: ${outcome.error?.name} ${outcome.error?.message} at ${outcome.error?.line}`
      assert.ok(endings.includes(outcome.ending), `${told}, expected ${endings.join(' or ')}`)
      assert.equal(outcome.error === null, outcome.ending === 'completed', told)
      assertBounded(outcome)
      if (calls) assert.deepEqual(outcome.calls.map(({ method }) => method), calls)
      if (lines) assert.equal(outcome.console.length, Number(lines))
      await assertOthersRun()
    })
  }
})

test('the bot and the API still work', async () => {
  const answer = await callCommand(sim, channel, people.grace, '!sign-of-life')
  assert.equal(answer.content, 'here')
  assert.equal((await hall.get('/healthz')).status, 200)
  assert.equal((await hall.get('/readyz')).status, 200)
})

test('no process and no descriptor is left', async () => {
  const { pid } = hall.program
  await until(() => processesBelow(pid).length <= processes, 'the processes of runs to be gone', 5000)
  assert.deepEqual(processesBelow(pid).filter(({ state }) => state === 'Z'), [])
  await until(() => descriptorsOf(pid).length <= descriptors, 'the descriptors of runs to be closed', 5000)
})
