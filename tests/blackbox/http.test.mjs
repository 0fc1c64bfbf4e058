// HTTP with well-behaved clients.
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { exchange, RawConnection } from '../harness/raw_http.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const dashboard = 'https://dashboard.example'
const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { CORS_ORIGINS: dashboard, LOG_LEVEL: 'http' } })

const get = (path, headers = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
const postJson = (body) =>
  `POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n` +
  `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

test('a connection is kept for the next request', async () => {
  const connection = await RawConnection.open(hall.port)
  for (let count = 1; count <= 3; ++count) {
    await connection.send(get('/healthz'))
    assert.equal((await connection.receive(count)).length, count)
  }
  connection.close()
})

test('Connection: close is obeyed', async () => {
  const [answer] = await exchange(hall.port, get('/healthz', 'Connection: close\r\n'))
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.connection, 'close')
})

test('pipelined requests are answered in order', async () => {
  const requests = get('/healthz') + get('/nowhere') + postJson('{}') + get('/healthz')
  const answers = await exchange(hall.port, requests, { answers: 4 })
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 404, 422, 200],
  )
})

test('a thousand pipelined requests are all answered', async () => {
  const answers = await exchange(hall.port, get('/healthz').repeat(1000), { answers: 1000 })
  assert.ok(answers.every(({ status }) => status === 200))
})

test('a request may be split at every byte', async () => {
  const whole =
    `POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n` +
    'Transfer-Encoding: chunked\r\n\r\n5;x=y\r\n{"co\n\r\n3\r\nde"\r\n7\r\n:"abc"}\r\n0\r\nTrailer: t\r\n\r\n'
  const [unsplit] = await exchange(hall.port, whole, { answers: 1 })
  for (let start = 1; start < whole.length; start += 32) {
    const cuts = Array.from({ length: Math.min(32, whole.length - start) }, (_, i) => start + i)
    const answers = await Promise.all(
      cuts.map((cut) => exchange(hall.port, [whole.slice(0, cut), whole.slice(cut)], { answers: 1 })),
    )
    answers.forEach(([answer], i) =>
      assert.deepEqual([answer.status, answer.body], [unsplit.status, unsplit.body], `cut ${cuts[i]}`),
    )
  }
})

test('a request may arrive byte by byte', async () => {
  const [answer] = await exchange(hall.port, [...get('/healthz')], { answers: 1 })
  assert.equal(answer.status, 200)
})

test('HEAD is GET without the body', async () => {
  for (const path of ['/healthz', '/docs/openapi.json', '/nowhere']) {
    const full = await hall.get(path)
    const [head] = await exchange(hall.port, `HEAD ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, { answers: 1, bodiless: true })
    assert.equal(head.status, full.status)
    assert.equal(head.headers['content-length'], full.header('content-length'))
    assert.equal(head.headers['content-type'], full.header('content-type'))
  }
})

test('HEAD keeps the connection in sync', async () => {
  const requests = `HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(2)
  const answers = await exchange(hall.port, requests, { answers: 2, bodiless: true })
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  )
})

test('OPTIONS returns the methods of a path', async () => {
  const answer = await hall.request('OPTIONS', '/api/users/me')
  assert.equal(answer.status, 204)
  assert.deepEqual(new Set(answer.header('allow').split(', ')), new Set(['GET', 'HEAD', 'OPTIONS']))
})

test('OPTIONS * is answered', async () => {
  const [answer] = await exchange(hall.port, 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', { answers: 1 })
  assert.ok(answer.status < 300, `${answer.status}`)
})

for (const [method, path, allowed] of [
  ['POST', '/healthz', ['GET', 'HEAD', 'OPTIONS']],
  ['DELETE', '/api/users/me', ['GET', 'HEAD', 'OPTIONS']],
  ['GET', '/api/auth/logout', ['POST', 'OPTIONS']],
  ['DELETE', '/api/guilds/1', ['GET', 'HEAD', 'PUT', 'PATCH', 'OPTIONS']],
  ['PROPFIND', '/healthz', ['GET', 'HEAD', 'OPTIONS']],
]) {
  test(`${method} ${path} is 405 and says what is allowed`, async () => {
    const answer = await hall.request(method, path)
    assertError(answer, 405)
    assert.deepEqual(new Set(answer.header('allow').split(', ')), new Set(allowed))
  })
}

test('an unknown path is 404, whatever the method and token', async () => {
  const token = await hall.login(sim, people.ada)
  for (const path of [
    '/nowhere',
    '/api',
    '/api/',
    '/api/users',
    '/API/users/me',
    '//healthz',
    '/healthz/x',
    '/favicon.ico',
  ]) {
    assertError(await hall.get(path), 404)
    assertError(await hall.delete(path, { token }), 404)
  }
})

test('Expect: 100-continue is answered before the body comes', async () => {
  const connection = await RawConnection.open(hall.port)
  await connection.send(
    'POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
      'Content-Length: 2\r\nExpect: 100-continue\r\n\r\n',
  )
  assert.deepEqual(
    (await connection.receive(1)).map(({ status }) => status),
    [100],
  )
  await connection.send('{}')
  assert.deepEqual(
    (await connection.receive(2)).map(({ status }) => status),
    [100, 422],
  )
  connection.close()
})

test('a body that is too large is refused before it is sent', async () => {
  const [answer] = await exchange(
    hall.port,
    'POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' +
      'Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n',
  )
  assert.equal(answer.status, 413)
})

test('HTTP/1.0 is answered and closed', async () => {
  for (const request of ['GET /healthz HTTP/1.0\r\n\r\n', 'GET /healthz HTTP/1.0\r\nHost: a\r\n\r\n']) {
    const [answer] = await exchange(hall.port, request)
    assert.equal(answer.status, 200)
  }
})

test('the absolute form of a target means the same', async () => {
  const [answer] = await exchange(hall.port, get('http://elsewhere.example/healthz'), { answers: 1 })
  assert.equal(answer.status, 200)
})

test('empty lines before a request are ignored', async () => {
  const [answer] = await exchange(hall.port, `\r\n\r\n${get('/healthz')}`, { answers: 1 })
  assert.equal(answer.status, 200)
})

test('an unknown upgrade is ignored', async () => {
  const headers = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'
  const [answer] = await exchange(hall.port, get('/healthz', headers), { answers: 1 })
  assert.equal(answer.status, 200)
})

const preflight = (origin, method = 'PATCH', headers = 'authorization,content-type,if-match') =>
  hall.request('OPTIONS', '/api/guilds/1', {
    headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
  })

const listOf = (answer, field) => (answer.header(field) ?? '').toLowerCase().split(/,\s*/)

test('a preflight from an allowed origin is granted', async () => {
  const answer = await preflight(dashboard)
  assert.equal(answer.status, 204)
  assert.equal(answer.header('access-control-allow-origin'), dashboard)
  assert.equal(answer.header('access-control-allow-credentials'), 'true')
  assert.ok(listOf(answer, 'access-control-allow-methods').includes('patch'))
  for (const name of ['authorization', 'content-type', 'if-match']) {
    assert.ok(listOf(answer, 'access-control-allow-headers').includes(name), name)
  }
  assert.ok(listOf(answer, 'vary').includes('origin'))
})

for (const origin of [
  'https://evil.example',
  'null',
  `${dashboard}.evil.example`,
  'http://dashboard.example',
  `${dashboard}:444`,
]) {
  test(`a preflight from ${origin} is granted nothing`, async () => {
    const answer = await preflight(origin)
    assert.equal(answer.header('access-control-allow-origin'), undefined)
    assert.equal(answer.header('access-control-allow-credentials'), undefined)
  })
}

test('an allowed origin may read responses, also errors', async () => {
  for (const path of ['/api/users/me', '/nowhere', '/healthz']) {
    const answer = await hall.get(path, { headers: { origin: dashboard } })
    assert.equal(answer.header('access-control-allow-origin'), dashboard, path)
    assert.ok(listOf(answer, 'vary').includes('origin'), path)
    for (const name of ['etag', 'location', 'retry-after', 'x-request-id']) {
      assert.ok(listOf(answer, 'access-control-expose-headers').includes(name), name)
    }
  }
})

test('every response has security headers and its own id', async () => {
  const answers = [
    await hall.get('/healthz'),
    await hall.get('/nowhere'),
    await hall.get('/api/users/me'),
    await hall.get('/docs'),
  ]
  for (const answer of answers) {
    assert.equal(answer.header('x-content-type-options'), 'nosniff')
    assert.match(answer.header('content-security-policy') ?? '', /default-src 'none'|default-src 'self'/)
    assert.match(answer.header('content-security-policy'), /frame-ancestors 'none'/)
    assert.match(answer.header('referrer-policy') ?? '', /no-referrer|same-origin/)
    assert.equal(answer.header('x-powered-by'), undefined)
  }
  assert.equal(new Set(answers.map((answer) => answer.header('x-request-id'))).size, answers.length)
})

test('requests of different connections have different ids', async () => {
  const answers = await Promise.all(Array.from({ length: 16 }, () => hall.get('/healthz')))
  assert.equal(new Set(answers.map((answer) => answer.header('x-request-id'))).size, answers.length)
})

test('the id of a request is in the log', async () => {
  const answer = await hall.get('/nowhere')
  const entry = await hall.log((line) => line.request === answer.header('x-request-id'), 'the line of a request')
  assert.equal(Number(entry.status), 404)
})

test('an untrusted client can set neither the request id nor the client address', async () => {
  const answer = await hall.get('/nowhere', { headers: { 'x-request-id': 'mine', 'x-forwarded-for': '203.0.113.9' } })
  assert.notEqual(answer.header('x-request-id'), 'mine')
  const entry = await hall.log((line) => line.request === answer.header('x-request-id'), 'the line of a request')
  assert.equal(entry.client, '127.0.0.1')
})

test('a trusted proxy sets both, and clients cannot forge them through it', async (t) => {
  const behind = await startGuildhall(t, sim, { env: { TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8', LOG_LEVEL: 'http' } })
  const ask = (forwarded, id) =>
    behind.get('/nowhere', { headers: { 'x-forwarded-for': forwarded, 'x-request-id': id } })
  for (const [forwarded, client] of [
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
  ]) {
    const id = `id-${Math.random().toString(36).slice(2)}`
    assert.equal((await ask(forwarded, id)).header('x-request-id'), id)
    const entry = await behind.log((line) => line.request === id, 'the line of a request')
    assert.equal(entry.client, client)
  }
  const nasty = 'x'.repeat(300)
  assert.notEqual((await ask('not an address', nasty)).header('x-request-id'), nasty)
})
