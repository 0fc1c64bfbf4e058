// /healthz, /readyz and /metrics, for operators.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)

test('healthz is 200 as long as the program lives', async () => {
  assert.equal((await hall.get('/healthz')).status, 200)
})

test('readyz is 200 once database and bot are ready', async () => {
  const { status, body } = await hall.get('/readyz')
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body).sort(), ['bot', 'database'])
  for (const part of Object.values(body)) assert.equal(typeof part.state, 'string')
})

test('readyz is 503 with the reason while the bot cannot reach Discord', async (t) => {
  const away = await startSimulator(t)
  await away.fault({ route: '/users/@me/guilds', count: 100_000, drop: true })
  const waiting = await startGuildhall(t, away, { synced: false })
  const { body, header } = await until(async () => {
    const answer = await waiting.get('/readyz')
    assert.equal(answer.status, 503, answer.text)
    return answer.body.bot.reason && { body: answer.body, header: answer.header('retry-after') }
  }, 'a reason')
  assert.match(body.bot.reason, /\w.*[.]$/)
  assert.match(header, /^\d+$/)
  assert.equal((await waiting.get('/healthz')).status, 200)
  await away.clearFaults()
  await until(async () => (await waiting.get('/readyz')).status === 200, 'Discord to be back', 40_000)
})

/** Parses Prometheus' exposition format 0.0.4; throws on an invalid line. */
function parseMetrics(text) {
  const samples = new Map()
  const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
  const sample = new RegExp(`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:${label}(?:,${label})*,?)?\\})? (\\S+)( -?\\d+)?$`)
  assert.ok(text.endsWith('\n'))
  for (const line of text.trimEnd().split('\n')) {
    if (
      line === '' ||
      /^# (HELP [a-zA-Z_:]\S* .*|TYPE [a-zA-Z_:]\S* (counter|gauge|histogram|summary|untyped))$/.test(line)
    )
      continue
    const [, name, labels = '', value] = sample.exec(line) ?? assert.fail(`no sample: ${line}`)
    assert.ok(/^[+-]?Inf$|^NaN$/.test(value) || Number.isFinite(Number(value)), line)
    assert.equal(samples.has(name + labels), false, `twice: ${line}`)
    samples.set(name + labels, Number(value))
  }
  return samples
}

test('metrics have Prometheus’s format and count', async () => {
  const sumOf = (samples, name) =>
    [...samples].reduce((sum, [key, value]) => (key.startsWith(name) ? sum + value : sum), 0)
  const read = async () => {
    const answer = await hall.get('/metrics')
    assert.match(answer.type, /^text\/plain; version=0\.0\.4/)
    return parseMetrics(answer.text)
  }
  const before = await read()
  await hall.get('/healthz')
  await hall.login(sim, people.ada)
  const after = await read()
  const requests = [...after.keys()]
    .map((key) => key.split('{')[0])
    .find((name) => /http_.*requests?.*(total|count)$/.test(name))
  assert.ok(requests, [...after.keys()].join('\n'))
  assert.ok(sumOf(after, requests) >= sumOf(before, requests) + 2)
  for (const key of after.keys()) assert.doesNotMatch(key, new RegExp(people.ada.id), 'no person in a label')
})
