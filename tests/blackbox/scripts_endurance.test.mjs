// Many runs, with guildhall-vm killed in between, leave nothing behind. SCRIPT_RUNS=5000 for a long test.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { descriptorsOf, processesBelow } from '../harness/processes.mjs'
import { scriptedGuild } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const runs = Number(process.env.SCRIPT_RUNS ?? 500)
const atOnce = 8

/** Each run is identified by its number. */
const script = `
  const mine = args[0]
  const text = await Promise.all([1, 2, 3].map(async (i) => mine * i))
  await interaction.reply(text.join())
  console.log(mine)
`

test(`${runs} runs leave nothing behind, even when guildhall-vm is killed`, async (t) => {
  const sim = await startSimulator(t)
  // With the sanitizers and eight at once, a run may take more processor time than the default of 100 ms.
  const hall = await startGuildhall(t, sim, { env: { SCRIPTS_CPU_MS: '1000' } })
  const { pid } = hall.program
  await hall.scriptsReady()
  const processes = processesBelow(pid).length
  const own = [
    await scriptedGuild(hall, sim, guilds.workshop, people.ada),
    await scriptedGuild(hall, sim, guilds.harbour, people.grace),
  ]
  await Promise.all(own.map((guild) => guild.run(script, { args: ['1'] })))
  /** The zygote, when no run exists. */
  const host = () => processesBelow(pid).at(-1).pid
  await until(() => processesBelow(pid).length === processes, 'the first runs to be gone')
  const first = host()
  const descriptors = descriptorsOf(pid).length

  let next = 0
  let broken = 0
  /** Runs one after the other. A run that was killed is repeated, as people click again. */
  async function worker(guild) {
    while (next < runs) {
      const number = ++next
      for (;;) {
        const answer = await guild.tested(script, { args: [String(number)] })
        if (answer.status === 503 || answer.body.ending === 'crashed' || answer.body.ending === 'unavailable') {
          ++broken
          assert.ok(broken <= 10 * atOnce, 'scripts do not come back')
          await until(async () => (await guild.tested('return')).status === 200, 'scripts to be back')
          continue
        }
        assert.equal(answer.body.ending, 'completed', JSON.stringify(answer.body.error))
        assert.deepEqual(answer.body.calls.map(({ data }) => data.content), [`${number},${number * 2},${number * 3}`])
        assert.deepEqual(answer.body.console, [{ level: 'log', text: String(number) }])
        break
      }
    }
  }

  let failed = false
  const onFailure = (error) => {
    failed = true
    throw error
  }
  const workers = Array.from({ length: atOnce }, (_, i) => worker(own[i % own.length]).catch(onFailure))
  await until(() => failed || next > runs / 2, 'half of them', 600_000)
  process.kill(first, 'SIGKILL')
  await Promise.all(workers)
  t.diagnostic(`${broken} of ${runs} were lost to the kill and asked for again`)

  await until(() => processesBelow(pid).length === processes, 'the processes of runs to be gone')
  assert.notEqual(host(), first, 'another one has taken its place')
  assert.deepEqual(processesBelow(pid).filter(({ state }) => state === 'Z'), [])
  await until(() => descriptorsOf(pid).length <= descriptors, 'descriptors to be closed')
  assert.equal((await hall.get('/readyz')).status, 200)
})
