// HTTP with attackers and broken clients: each is refused in one way, and the server survives.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { exchange, RawConnection } from '../harness/raw_http.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { synced: false })

/** A request after one whose end is ambiguous: it must never be answered. */
const smuggled = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
const get = (headers, path = '/healthz') => `GET ${path} HTTP/1.1\r\n${headers}\r\n`
const post = (headers, body = '') =>
  `POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n${body}`
const chunked = (body) => post('Transfer-Encoding: chunked\r\n', body)

const refused = {
  'Content-Length and Transfer-Encoding': [
    post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    400,
  ],
  'Transfer-Encoding and Content-Length': [
    post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'),
    400,
  ],
  'two lengths': [post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}'), 400],
  'the same length twice': [post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), 400],
  'a list of lengths': [post('Content-Length: 2, 2\r\n', '{}'), 400],
  'a length with a sign': [post('Content-Length: +2\r\n', '{}'), 400],
  'a negative length': [post('Content-Length: -2\r\n', '{}'), 400],
  'a hexadecimal length': [post('Content-Length: 0x2\r\n', '{}'), 400],
  'an empty length': [post('Content-Length: \r\n', '{}'), 400],
  'a length with a letter': [post('Content-Length: 2a\r\n', '{}'), 400],
  'a length of more than 64 bits': [post('Content-Length: 18446744073709551618\r\n', '{}'), [400, 413]],
  'the largest length': [post('Content-Length: 18446744073709551615\r\n', '{}'), 413],
  'a length above the limit': [post('Content-Length: 1048577\r\n'), 413],

  'an unknown coding': [post('Transfer-Encoding: gzip\r\n', '{}'), [400, 501]],
  'chunked and another': [post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), [400, 501]],
  'chunked, then another': [post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'), [400, 501]],
  'chunked twice': [post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400],
  'chunked with a vertical tab': [post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'), [400, 501]],
  xchunked: [post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), [400, 501]],
  'chunked in HTTP/1.0': [chunked('0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'), 400],

  'a chunk size that is none': [chunked('zz\r\n{}\r\n0\r\n\r\n'), 400],
  'a negative chunk size': [chunked('-2\r\n{}\r\n0\r\n\r\n'), 400],
  'a chunk size with 0x': [chunked('0x2\r\n{}\r\n0\r\n\r\n'), 400],
  'an empty chunk size': [chunked('\r\n{}\r\n0\r\n\r\n'), 400],
  'a chunk size of more than 64 bits': [chunked('10000000000000002\r\n{}\r\n0\r\n\r\n'), [400, 413]],
  'the largest chunk size': [chunked('ffffffffffffffff\r\n{}\r\n0\r\n\r\n'), [400, 413]],
  'a chunk longer than it says': [chunked('2\r\n{}{}\r\n0\r\n\r\n'), 400],
  'a chunk that ends in LF alone': [chunked('2\n{}\n0\n\n'), 400],
  'a chunk extension without end': [chunked(`2;${'x'.repeat(2_000_000)}\r\n{}\r\n0\r\n\r\n`), [400, 413, 431]],
  'trailers without end': [chunked(`0\r\n${'T: t\r\n'.repeat(400_000)}\r\n`), [400, 413, 431]],
  'chunks above the limit': [chunked(`80000\r\n${'a'.repeat(0x80000)}\r\n`.repeat(3)), 413],

  'a folded line': [get('Host: a\r\nX: 1\r\n 2\r\n'), 400],
  'a folded first line': [get(' Host: a\r\n'), 400],
  'a space before the colon': [get('Host : a\r\n'), 400],
  'a field without a name': [get('Host: a\r\n: x\r\n'), 400],
  'a line without a colon': [get('Host: a\r\nnonsense\r\n'), 400],
  'a field name with a NUL': [get('Host: a\r\nX\0: 1\r\n'), 400],
  'a field value with a NUL': [get('Host: a\r\nX: 1\x002\r\n'), 400],
  'a field value with a bare CR': [get('Host: a\r\nX: 1\rY: 2\r\n'), 400],
  'lines that end in LF alone': ['GET /healthz HTTP/1.1\nHost: a\n\n', [400, 505]],
  'one line that ends in LF alone': ['GET /healthz HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n', 400],

  'no Host': [get('X: 1\r\n'), 400],
  'two Hosts': [get('Host: a\r\nHost: b\r\n'), 400],
  'a Host with a path': [get('Host: a/b\r\n'), 400],
  'a Host with a person': [get('Host: a@b\r\n'), 400],
  'a Host with a space': [get('Host: a b\r\n'), 400],

  'no target': ['GET HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  'two spaces': ['GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  'a target with a space': [get('Host: a\r\n', '/a b'), [400, 505]],
  'a target with a NUL': [get('Host: a\r\n', '/healthz\0'), 400],
  'a target with a byte above 127': [get('Host: a\r\n', '/\xff'), 400],
  'a target with a fragment': [get('Host: a\r\n', '/healthz#a'), 400],
  'a target that is no path': [get('Host: a\r\n', 'healthz'), 400],
  'a target of another scheme': [get('Host: a\r\n', 'ftp://a/healthz'), 400],
  'a target without end': [get('Host: a\r\n', `/${'a'.repeat(20_000)}`), [414, 431]],
  'the target of a proxy': ['CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  'a method with a slash': ['G/T /healthz HTTP/1.1\r\nHost: a\r\n\r\n', 400],

  'HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505]],
  'HTTP/1.2': ['GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n', [400, 505]],
  'HTTP/0.9': ['GET /healthz\r\n', 400],
  'http in lower case': ['GET /healthz http/1.1\r\nHost: a\r\n\r\n', [400, 505]],
  'a TLS greeting': [Buffer.from('160301020001000001fc0303' + '00'.repeat(200), 'hex'), 400],
  'a Redis command': ['*1\r\n$4\r\nPING\r\n', 400],
  NULs: [Buffer.alloc(1000), 400],
  'letters without end': ['A'.repeat(100_000), [400, 431]],

  'a field without end': [get(`Host: a\r\nX: ${'x'.repeat(20_000)}\r\n`), 431],
  'fields without end': [get(`Host: a\r\n${'X: 1\r\n'.repeat(5_000)}`), 431],
  'an expectation that nobody knows': [post('Expect: miracles\r\nContent-Length: 2\r\n', '{}'), 417],
}

for (const [name, [bytes, expected]] of Object.entries(refused)) {
  test(`refused, once: ${name}`, async () => {
    const whole = Buffer.concat([Buffer.from(bytes, 'latin1'), Buffer.from(smuggled)])
    const answers = await exchange(hall.port, whole)
    assert.equal(answers.length, 1, `${answers.map(({ status }) => status)}`)
    const [{ status, headers, body }] = answers
    assert.ok([expected].flat().includes(status), `${status} ${body}`)
    assert.equal(headers.connection, 'close')
    assert.match(JSON.parse(body).error, /\.$/)
    assert.ok(headers['x-request-id'])
  })
}

const harmless = {
  'dots that climb': ['/docs/../../../../etc/passwd', 404],
  'encoded dots that climb': ['/docs/%2e%2e/%2e%2e/%2e%2e/etc/passwd', 404],
  'an encoded slash': ['/docs/..%2f..%2fetc%2fpasswd', 404],
  'a backslash': ['/docs/..\\..\\etc\\passwd', 404],
  'an encoded NUL': ['/healthz%00', 404],
  'an escape that is none': ['/api/guilds/%zz', [400, 401, 404]],
  'an escape cut short': ['/api/guilds/%4', [400, 401, 404]],
  'an overlong encoding of a dot': ['/docs/%c0%ae%c0%ae/', 404],
  'a query of nonsense': ['/healthz?%00&&=&a=%zz', 200],
  'many slashes': [`/${'/'.repeat(1000)}healthz`, 404],
  'many segments': [`${'/a'.repeat(4000)}`, 404],
}

for (const [name, [path, expected]] of Object.entries(harmless)) {
  test(`harmless: ${name}`, async () => {
    const [answer] = await exchange(hall.port, get('Host: a\r\n', path), { answers: 1 })
    assert.ok([expected].flat().includes(answer.status), `${answer.status} ${answer.body}`)
    assert.doesNotMatch(answer.body, /root:/)
  })
}

test('random bytes get an error response or none', async () => {
  for (let round = 0; round < 40; ++round) {
    const connection = await RawConnection.open(hall.port)
    await connection.send(randomBytes(1 + round * 97))
    await connection.send('\r\n\r\n')
    const answers = await connection.end()
    assert.ok(answers.every(({ status }) => status >= 400))
    connection.close()
  }
})

test('clients may disconnect at any byte', async () => {
  const whole = post('Content-Length: 20\r\n', '{"code":"a"}')
  const cuts = Array.from({ length: whole.length }, (_, i) => i)
  await Promise.all(
    cuts.map(async (cut) => {
      const connection = await RawConnection.open(hall.port)
      await connection.send(whole.slice(0, cut))
      if (cut % 2) connection.socket.resetAndDestroy()
      else connection.close()
    }),
  )
})

test('a client that does not read its responses is eventually not read from', async () => {
  const connection = await RawConnection.open(hall.port)
  connection.socket.pause()
  const batch = get('Host: a\r\n', '/docs/openapi.json').repeat(1000)
  // The kernel's buffers take a part of it; a server that kept reading would take it all.
  while (connection.socket.writableLength < 16_000_000 && connection.socket.bytesWritten < 200_000_000) {
    connection.socket.write(batch)
  }
  assert.ok(connection.socket.writableLength > 0)
  connection.close()
})

test('the server still works after all of that', async () => {
  assert.equal((await hall.get('/healthz')).status, 200)
  assert.deepEqual(
    hall.logs().filter(({ level, message }) => level === 'error' && /failed/.test(message)),
    [],
  )
})
