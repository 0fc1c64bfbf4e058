// Socket.IO for dashboards: who may connect, who gets the log, and when a connection ends.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { makeToken, readToken } from '../harness/token.mjs'
import { until, within } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const env = { ADMIN_USER_IDS: people.ada.id, LOG_LEVEL: 'http' }
const hall = await startGuildhall(test, sim, { env })

/** A client that keeps the received events. It is closed at the end of the test `t`. */
function client(t, options, node = hall) {
  const socket = io(node.url, { forceNew: true, reconnection: false, ...options })
  t.after(() => socket.close())
  const logs = []
  socket.on('log', (line) => logs.push(line))
  return { socket, logs }
}

async function connected(t, options, node) {
  const { socket, logs } = client(t, options, node)
  await within(once(socket, 'connect'), 'a connection')
  return { socket, logs }
}

async function refusal(t, options) {
  const { socket } = client(t, options)
  const [error] = await within(once(socket, 'connect_error'), 'a refusal')
  return error.message
}

const admin = await hall.login(sim, people.ada)
const ids = (logs) => logs.map(({ id }) => id)
const makeLine = (node = hall) => node.get('/healthz')

/** Logs a new unique line. */
async function makeLineOf(path) {
  await hall.get(path)
  return (line) => line.message.includes(path)
}

describe('who gets in', () => {
  test('nobody without a token', async (t) => {
    assert.equal(await refusal(t, {}), 'unauthorized')
    assert.equal(await refusal(t, { auth: { token: 'nonsense' } }), 'unauthorized')
    assert.equal(await refusal(t, { auth: { token: 7 } }), 'unauthorized')
    assert.equal(await refusal(t, { extraHeaders: { authorization: 'Basic YTpi' } }), 'unauthorized')
  })

  test('nobody with a token of another key, or one that has expired', async (t) => {
    const { claims } = await readToken(admin, hall.env.JWT_SECRET)
    assert.equal(await refusal(t, { auth: { token: await makeToken(claims, newSecret()) } }), 'unauthorized')
    const late = { ...claims, exp: Math.floor(Date.now() / 1000) - 1 }
    assert.equal(await refusal(t, { auth: { token: await makeToken(late, hall.env.JWT_SECRET) } }), 'unauthorized')
  })

  for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
    test(`who has a token in the handshake, by ${transports.join(' and ')}`, async (t) => {
      await connected(t, { transports, auth: { token: admin } })
    })
  }

  test('a client with a bearer header', async (t) => {
    await connected(t, { extraHeaders: { authorization: `Bearer ${admin}` } })
  })

  test('a client with the cookie, from an allowed origin', async (t) => {
    const cookie = `token=${admin}`
    await connected(t, { extraHeaders: { cookie, origin: hall.url } })
    assert.equal(await refusal(t, { extraHeaders: { cookie } }), 'unauthorized')
  })

  test('no page of another origin with the cookie, and none may read answers', async (t) => {
    const headers = { origin: 'https://evil.example', cookie: `token=${admin}` }
    const answer = await hall.get('/socket.io/?EIO=4&transport=polling', { headers })
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
    for (const transport of ['polling', 'websocket']) {
      assert.equal(await refusal(t, { transports: [transport], extraHeaders: headers }), 'unauthorized')
    }
  })

  test('nobody to an unknown namespace', async (t) => {
    const socket = io(`${hall.url}/other`, { forceNew: true, reconnection: false, auth: { token: admin } })
    t.after(() => socket.close())
    const [error] = await within(once(socket, 'connect_error'), 'a refusal')
    assert.equal(error.message, 'Invalid namespace')
  })
})

describe('the log', () => {
  test('starts with the last 50 lines', async (t) => {
    for (let i = 0; i < 60; ++i) await makeLine()
    const { logs } = await connected(t, { auth: { token: admin } })
    await until(() => logs.length >= 50, '50 lines')
    const newest = logs.at(-1).id
    const known = await until(async () => {
      const { body } = await hall.get('/api/logs?limit=200', { token: admin })
      return body.logs.some(({ id }) => id === newest) && ids(body.logs)
    }, 'the lines in the database')
    assert.ok(known.indexOf(logs[0].id) >= 49, 'the first is not the oldest of 50')
    assert.deepEqual(ids(logs), [...ids(logs)].sort((a, b) => a - b))
  })

  test('has the fields that dashboards read', async (t) => {
    const { logs } = await connected(t, { auth: { token: admin } })
    const matches = await makeLineOf('/api/shape-of-a-line')
    const line = await until(() => logs.find(matches), 'the line')
    assert.equal(typeof line.id, 'number')
    assert.equal(line.level, 'http')
    assert.equal(line.log_type, 'default')
    assert.match(line.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.equal(line.log_time, line.timestamp.replace('T', ' ').replace('Z', ''))
    assert.equal('stacktrace' in line, false)
  })

  test('has no gap and no duplicate for clients that connect while lines are written', async (t) => {
    let more = true
    const writers = Array.from({ length: 4 }, async () => {
      while (more) await makeLine()
    })
    const viewers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        connected(t, { transports: [i % 2 ? 'websocket' : 'polling'], auth: { token: admin } }),
      ),
    )
    await until(() => viewers.every(({ logs }) => logs.length > 200), '200 lines for each')
    more = false
    await Promise.all(writers)
    const matches = await makeLineOf('/api/the-last-line')
    await until(() => viewers.every(({ logs }) => logs.some(matches)), 'the last line for each')
    const longest = viewers.map(({ logs }) => ids(logs)).reduce((a, b) => (a[0] <= b[0] ? a : b))
    for (const { logs } of viewers) {
      const seen = ids(logs)
      assert.deepEqual(seen, longest.slice(longest.indexOf(seen[0]), longest.indexOf(seen[0]) + seen.length))
    }
  })

  test('is for ADMIN only', async (t) => {
    const token = await hall.login(sim, await sim.person())
    const other = await connected(t, { auth: { token } })
    const { logs } = await connected(t, { auth: { token: admin } })
    const matches = await makeLineOf('/api/not-for-all')
    await until(() => logs.some(matches), 'the line')
    assert.equal(other.logs.length, 0)
  })

  test('starts when somebody becomes ADMIN', async (t) => {
    const person = await sim.person()
    const { logs } = await connected(t, { auth: { token: await hall.login(sim, person) } })
    await startGuildhall(t, sim, { env: { ...hall.env, ADMIN_USER_IDS: person.id } })
    await until(() => logs.length > 0, 'the log')
  })
})

describe('the end', () => {
  const newcomer = async (t, node = hall) => {
    const token = await node.login(sim, await sim.person())
    const { socket } = await connected(t, { auth: { token } }, node)
    return { token, gone: once(socket, 'disconnect') }
  }

  test('happens at logout', async (t) => {
    const { token, gone } = await newcomer(t)
    const other = await newcomer(t)
    assert.equal((await hall.post('/api/auth/logout', { token })).status, 204)
    const [reason] = await within(gone, 'the disconnection')
    assert.equal(reason, 'io server disconnect')
    assert.equal(await Promise.race([other.gone, 'stays']), 'stays')
  })

  test('happens at logout on another node', async (t) => {
    const neighbour = await startGuildhall(t, sim, { env: hall.env })
    const { token, gone } = await newcomer(t)
    assert.equal((await neighbour.post('/api/auth/logout', { token })).status, 204)
    const [reason] = await within(gone, 'the disconnection')
    assert.equal(reason, 'io server disconnect')
  })

  test('happens when the token expires', async (t) => {
    const { claims } = await readToken(admin, hall.env.JWT_SECRET)
    const soon = { ...claims, sid: newSecret(), exp: Math.floor(Date.now() / 1000) + 3 }
    const token = await makeToken(soon, hall.env.JWT_SECRET)
    const { socket } = await connected(t, { auth: { token } })
    const [reason] = await within(once(socket, 'disconnect'), 'the disconnection', 30_000)
    assert.equal(reason, 'io server disconnect')
  })

  test('happens when the program stops', async (t) => {
    const node = await startGuildhall(t, sim, { env: { ...env } })
    const token = await node.login(sim, await sim.person())
    const viewers = await Promise.all(
      ['polling', 'websocket'].map((transport) => connected(t, { transports: [transport], auth: { token } }, node)),
    )
    const gone = viewers.map(({ socket }) => once(socket, 'disconnect'))
    await node.stop(5_000)
    await within(Promise.all(gone), 'the disconnections')
  })
})
