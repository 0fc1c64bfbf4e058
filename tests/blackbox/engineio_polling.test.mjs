// Engine.IO v4 over HTTP long-polling, without a client library.
import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startEchoServer } from '../harness/echo_server.mjs'
import { until } from '../harness/wait.mjs'

const slow = await startEchoServer(test, { 'max-payload': 1000 })
const quick = await startEchoServer(test, { 'ping-interval': 300, 'ping-timeout': 1500 })
const ours = 'https://ours.example'

const request = async (server, query, init) => {
  const response = await fetch(`${server.url}/engine.io/?${query}`, init)
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const open = async (server = slow) => {
  const { text } = await request(server, 'EIO=4&transport=polling')
  const { sid } = JSON.parse(text.slice(1))
  const query = `EIO=4&transport=polling&sid=${sid}`
  return {
    sid,
    poll: (init) => request(server, query, init),
    post: (body) => request(server, query, { method: 'POST', body }),
  }
}
const assertRefused = ({ status, headers, text }, code, message) => {
  assert.equal(status, code === 4 ? 403 : 400)
  assert.equal(headers.get('content-type'), 'application/json')
  assert.deepEqual(JSON.parse(text), { code, message })
}

test('the handshake returns the session’s settings', async () => {
  const { status, headers, text } = await request(quick, 'EIO=4&transport=polling')
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'text/plain; charset=UTF-8')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(text[0], '0')
  const { sid, ...rest } = JSON.parse(text.slice(1))
  assert.match(sid, /^[\w-]{20}$/)
  assert.deepEqual(rest, { upgrades: ['websocket'], pingInterval: 300, pingTimeout: 1500, maxPayload: 1_000_000 })
})

test('an invalid handshake is refused as by the official server', async () => {
  const refusals = [
    ['EIO=4', {}, 0, 'Transport unknown'],
    ['EIO=4&transport=carrier-pigeon', {}, 0, 'Transport unknown'],
    ['EIO=4&transport=constructor', {}, 0, 'Transport unknown'],
    ['EIO=4&transport=polling&sid=nobody', {}, 1, 'Session ID unknown'],
    ['EIO=4&transport=polling&sid=nobody', { method: 'POST', body: '4hello' }, 1, 'Session ID unknown'],
    ['EIO=4&transport=polling', { method: 'POST' }, 2, 'Bad handshake method'],
    ['EIO=4&transport=polling', { method: 'PUT' }, 2, 'Bad handshake method'],
    ['EIO=4&transport=polling', { method: 'DELETE' }, 2, 'Bad handshake method'],
    ['EIO=4&transport=websocket', {}, 3, 'Bad request'],
    ['EIO=4&transport=polling&j=0', {}, 3, 'Bad request'],
    ['EIO=4&transport=polling&t=%zz', {}, 3, 'Bad request'],
    ['transport=polling', {}, 5, 'Unsupported protocol version'],
    ['EIO=3&transport=polling', {}, 5, 'Unsupported protocol version'],
    ['EIO=abc&transport=polling', {}, 5, 'Unsupported protocol version'],
  ]
  for (const [query, init, code, message] of refusals) assertRefused(await request(slow, query, init), code, message)
})

test('a session accepts GET and POST on its own transport only', async () => {
  const { sid } = await open()
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    assertRefused(await request(slow, `EIO=4&transport=polling&sid=${sid}`, { method }), 3, 'Bad request')
  }
  assertRefused(await request(slow, `EIO=4&transport=websocket&sid=${sid}`), 3, 'Bad request')
})

test('messages are echoed, several in a payload, binary as base64', async () => {
  const session = await open()
  for (const payload of ['4hello', '4\u20ac\u{1F41C}', '4one\x1e4two\x1e4', '4text\x1ebAQIDBA==\x1eb\x1e4more']) {
    const posted = await session.post(payload)
    assert.deepEqual([posted.status, posted.headers.get('content-type'), posted.text], [200, 'text/html', 'ok'])
    assert.equal((await session.poll()).text, payload)
  }
})

test('a poll waits for the next message', async () => {
  const session = await open()
  const polled = session.poll()
  await session.post('4one\x1e4two')
  assert.equal((await polled).text, '4one\x1e4two')
})

test('an invalid payload ends the session and its poll', async () => {
  for (const payload of ['abc', '', '7', 'b!', '4a\x1e', '2', '0', '5']) {
    const session = await open()
    assertRefused(await session.post(payload), 3, 'Bad request')
    assertRefused(await session.poll(), 1, 'Session ID unknown')
  }
})

test('a payload that is too large is refused', async () => {
  const session = await open()
  assert.equal((await session.post(`4${'x'.repeat(999)}`)).status, 200)
  assert.equal((await session.post(`4${'x'.repeat(1000)}`)).status, 413)
})

test('a second poll ends the session', async () => {
  const session = await open()
  const first = session.poll()
  await pause(50) // so that it is the first
  assertRefused(await session.poll(), 3, 'Bad request')
  assert.equal((await first).text, '1')
  assertRefused(await session.poll(), 1, 'Session ID unknown')
})

test('an abandoned poll ends the session when the next one arrives', async () => {
  const session = await open()
  const given = new AbortController()
  const first = session.poll({ signal: given.signal }).catch(() => {})
  await pause(50)
  given.abort()
  await first
  await until(async () => (await session.poll()).status === 400, 'the end of the session')
})

test('the client closes', async () => {
  const session = await open()
  const [polled, posted] = await Promise.all([session.poll(), session.post('1')])
  assert.deepEqual([polled.status, polled.text, posted.text], [200, '6', 'ok'])
  assertRefused(await session.poll(), 1, 'Session ID unknown')
})

test('the server closes', async () => {
  const session = await open()
  await session.post('4last\x1e4close\x1e4ignored')
  assert.equal((await session.poll()).text, '4last\x1e1')
  assertRefused(await session.poll(), 1, 'Session ID unknown')
})

test('a session without pongs ends', async () => {
  const session = await open(quick)
  for (let i = 0; i < 3; i++) {
    assert.equal((await session.poll()).text, '2')
    assert.equal((await session.post('3')).text, 'ok')
  }
  assert.equal((await session.poll()).text, '2')
  assert.equal((await session.poll()).text, '1')
  assertRefused(await session.post('3'), 1, 'Session ID unknown')
})

test('an allowed origin may use it with credentials', async () => {
  const asked = await request(slow, 'EIO=4&transport=polling', {
    method: 'OPTIONS',
    headers: {
      Origin: ours,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization, x-custom',
    },
  })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers.get('access-control-allow-methods'), 'GET, POST')
  assert.equal(asked.headers.get('access-control-allow-headers'), 'authorization, x-custom')
  const opened = await request(slow, 'EIO=4&transport=polling', { headers: { Origin: ours } })
  const unknown = await request(slow, 'EIO=4&transport=polling&sid=nobody', { headers: { Origin: ours } })
  for (const { headers } of [asked, opened, unknown]) {
    assert.equal(headers.get('access-control-allow-origin'), ours)
    assert.equal(headers.get('access-control-allow-credentials'), 'true')
    assert.equal(headers.get('vary'), 'Origin')
  }
  assert.equal(opened.status, 200)
})

test('other origins may not', async () => {
  for (const method of ['GET', 'OPTIONS']) {
    const headers = { Origin: 'https://theirs.example', 'Access-Control-Request-Method': 'GET' }
    const refused = await request(slow, 'EIO=4&transport=polling', { method, headers })
    assertRefused(refused, 4, 'Forbidden')
    assert.equal(refused.headers.get('access-control-allow-origin'), null)
  }
})

test('a stopping server answers waiting polls', async (t) => {
  const server = await startEchoServer(t)
  const session = await open(server)
  const polled = session.poll()
  await session.post('4hello').then(() => polled)
  const waiting = session.poll()
  await pause(50)
  server.program.terminate()
  assert.equal((await waiting).text, '1')
  await server.program.stop()
})
