// Bodies that nobody asked for: what the head tells is answered before the body, and unfinished bodies are bounded.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { memoryOf, quarantineOf } from '../harness/processes.mjs'
import { RawConnection } from '../harness/raw_http.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const ada = await hall.login(sim, people.ada)
const stranger = await hall.login(sim, await sim.person())
const commands = `/api/guilds/${guilds.workshop}/commands`
const megabyte = 1024 * 1024

const head = (method, path, { token, type = 'application/json', length = 500_000, fields = '' } = {}) =>
  `${method} ${path} HTTP/1.1\r\nHost: a\r\n${token ? `Authorization: Bearer ${token}\r\n` : ''}` +
  `${type ? `Content-Type: ${type}\r\n` : ''}${fields || `Content-Length: ${length}\r\n`}\r\n`

async function sendHead(t, text) {
  const connection = await RawConnection.open(hall.port)
  t.after(() => connection.close())
  await connection.send(text)
  return connection
}
const answerTo = async (t, text) => (await (await sendHead(t, text)).receive(1, 10_000))[0]

describe('a head is enough for', () => {
  for (const [what, status, text] of [
    ['nobody', 401, head('POST', commands)],
    ['a wrong token', 401, head('POST', commands, { token: 'nonsense' })],
    ['nobody with a chunked body', 401, head('PUT', `${commands}/1`, { fields: 'Transfer-Encoding: chunked\r\n' })],
    ['somebody who may not', 403, head('POST', commands, { token: stranger })],
    ['somebody who is no ADMIN', 403, head('GET', '/api/logs', { token: stranger })],
    ['an unknown path', 404, head('POST', '/api/nothing')],
    ['a guild without the bot', 404, head('POST', `/api/guilds/${guilds.quietCorner}/commands`, { token: ada })],
    ['a method that the path lacks', 405, head('POST', '/api/users/me', { token: ada })],
    ['a body that is too large', 413, head('POST', commands, { token: ada, length: 2 * megabyte })],
    ['a login with a large body', 413, head('POST', '/api/auth/token')],
    ['a large body that no route takes', 413, head('DELETE', `${commands}/1`, { token: ada })],
    ['a type that the route does not take', 415, head('POST', commands, { token: ada, type: 'text/plain' })],
    ['no type', 415, head('PATCH', `${commands}/1`, { token: ada, type: '' })],
    ['a session that does not exist', 400, head('POST', '/socket.io/?EIO=4&transport=polling&sid=nobody')],
  ]) {
    test(`${status}: ${what}`, async (t) => {
      const answer = await answerTo(t, text)
      assert.equal(answer.status, status)
      assert.equal(answer.headers.connection, 'close')
      assert.match(answer.headers['content-type'], /json/)
      assert.ok(answer.headers['x-request-id'])
      if (status === 405) assert.ok(answer.headers.allow)
      if (status === 401) assert.equal(answer.headers['www-authenticate'], 'Bearer')
    })
  }

  test('who waits for 100 Continue gets the refusal instead', async (t) => {
    const answer = await answerTo(t, head('POST', commands, { fields: 'Content-Length: 10\r\nExpect: 100-continue\r\n' }))
    assert.equal(answer.status, 401)
  })

  test('an allowed request is told to continue', async (t) => {
    const fields = 'Content-Length: 2\r\nExpect: 100-continue\r\n'
    const connection = await sendHead(t, head('POST', commands, { token: ada, fields }))
    assert.equal((await connection.receive(1))[0].status, 100)
    await connection.send('{}')
    assert.equal((await connection.receive(2))[1].status, 422)
  })

  test('a small body of a refused request is skipped, and the connection goes on', async (t) => {
    const connection = await sendHead(t, head('POST', commands, { length: 5 }))
    assert.equal((await connection.receive(1))[0].status, 401)
    await connection.send('hello' + 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
    const answers = await connection.receive(2)
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 200],
    )
  })

  test('a page of an allowed origin can read the refusal', async (t) => {
    const answer = await answerTo(t, head('POST', commands, { fields: `Origin: ${hall.url}\r\nContent-Length: 9999999\r\n` }))
    assert.equal(answer.status, 413)
    const refused = await answerTo(t, head('POST', commands, { fields: `Origin: ${hall.url}\r\nContent-Length: 99999\r\n` }))
    assert.equal(refused.headers['access-control-allow-origin'], hall.url)
  })
})

test('a login takes no long chunked body', async (t) => {
  const connection = await sendHead(t, head('POST', '/api/auth/token', { fields: 'Transfer-Encoding: chunked\r\n' }))
  for (let i = 0; i < 20; ++i) await connection.send(`400\r\n${'x'.repeat(1024)}\r\n`)
  assert.equal((await connection.end(10_000))[0].status, 413)
})

test('all unfinished bodies together are bounded', async (t) => {
  const before = memoryOf(hall.program.pid)
  const connections = await Promise.all(
    Array.from({ length: 150 }, async () => {
      const connection = await sendHead(t, head('POST', commands, { token: ada, length: megabyte }))
      await connection.send('x'.repeat(900_000))
      return connection
    }),
  )
  const grown = () => (memoryOf(hall.program.pid) - before) / megabyte
  assert.equal((await hall.get('/healthz')).status, 200)
  assert.ok(grown() < 110 + quarantineOf(hall.program.pid) / megabyte, `${grown()} MB`)
  t.diagnostic(`${Math.round(grown())} MB`)
  const refused = () => connections.flatMap(({ answers }) => answers)
  await until(() => refused().length > 50, 'refusals')
  assert.ok(refused().every(({ status, headers }) => status === 503 && headers['retry-after']))
  for (const connection of connections) connection.close()
  const made = await hall.post(commands, { token: ada, body: { trigger: 'after', response: { content: 'x' } } })
  assert.equal(made.status, 201, made.text)
})
