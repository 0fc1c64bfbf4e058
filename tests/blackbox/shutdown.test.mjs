// SIGTERM: running requests are finished, idle connections closed, and the program exits with 0.
// @database
// @quiet
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { RawConnection } from '../harness/raw_http.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)

/** A guildhall with a request in flight: Discord takes `delayMs` to answer. */
async function busy(t, delayMs) {
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  await sim.fault({ route: '/users/@me/guilds', delayMs })
  const answer = hall.get('/api/users/me/guilds', { token })
  answer.catch(() => {})
  await until(async () => (await sim.faults()).length === 0, 'the question to Discord')
  return { hall, answer }
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} lets a request finish, then the program ends with 0`, async (t) => {
    const { hall, answer } = await busy(t, 1500)
    hall.program.terminate(signal)
    const { status, headers } = await answer
    assert.equal(status, 200)
    assert.equal(headers.connection, 'close')
    await hall.stop(11_000)
  })
}

test('no new connection is taken while the last request runs', async (t) => {
  const { hall, answer } = await busy(t, 1500)
  hall.program.terminate()
  await until(
    () =>
      RawConnection.open(hall.port).then(
        (connection) => connection.close(),
        () => true,
      ),
    'a refusal',
  )
  assert.equal((await answer).status, 200)
})

test('idle connections are closed at once', async (t) => {
  const hall = await startGuildhall(t, sim)
  const used = await RawConnection.open(hall.port)
  await used.send('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
  await used.receive(1)
  const unused = await RawConnection.open(hall.port)
  const begin = Date.now()
  const stopped = hall.stop()
  await Promise.all([used.end(), unused.end(), stopped])
  assert.ok(Date.now() - begin < 5000)
})

test('a slow request delays the shutdown by at most 10 s', async (t) => {
  const { hall } = await busy(t, 60_000)
  await hall.stop(14_000)
})

test('a second signal stops it at once', async (t) => {
  const { hall } = await busy(t, 60_000)
  hall.program.terminate()
  await hall.log(({ message }) => /stop/i.test(message), 'a log entry about stopping')
  await hall.program.kill('SIGTERM')
})
