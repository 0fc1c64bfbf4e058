// How long the server waits for a client. These tests wait for the real limits, all at once.
// @long
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { RawConnection } from '../harness/raw_http.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { synced: false })

/** The responses on a connection on which `bytes` were sent, and the seconds until it ended. */
async function untilEnd(bytes, trickle) {
  const connection = await RawConnection.open(hall.port)
  const begin = Date.now()
  await connection.send(bytes)
  const timer = trickle && setInterval(() => connection.socket.write(trickle), 500)
  const answers = await connection.end(80_000)
  clearInterval(timer)
  connection.close()
  return { answers, seconds: (Date.now() - begin) / 1000 }
}

const head = 'POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'

describe('a client that is slow', { concurrency: true }, () => {
  for (const [name, bytes, trickle] of [
    ['stops within its head', 'GET /healthz HTTP/1.1\r\nHost:', undefined],
    ['goes on with its head for ever', 'GET /healthz HTTP/1.1\r\n', 'X: 1\r\n'],
  ]) {
    test(`and ${name} is told 408 after 10 s`, async () => {
      const { answers, seconds } = await untilEnd(bytes, trickle)
      assert.deepEqual(
        answers.map(({ status }) => status),
        [408],
      )
      assert.ok(seconds > 9 && seconds < 20, `${seconds} s`)
    })
  }

  for (const [name, trickle] of [
    ['stops within its body', undefined],
    ['goes on with its body for ever', ' '],
  ]) {
    test(`and ${name} is told 408`, async () => {
      const { answers, seconds } = await untilEnd(`${head}Content-Length: 1000\r\n\r\n{`, trickle)
      assert.deepEqual(
        answers.map(({ status }) => status),
        [408],
      )
      assert.ok(seconds < 60, `${seconds} s`)
    })
  }

  test('and then stays silent is closed after a minute without a response', async () => {
    const { answers, seconds } = await untilEnd('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200],
    )
    assert.ok(seconds > 55 && seconds < 75, `${seconds} s`)
  })

  test('and never sends anything is closed within a minute', async () => {
    const { answers, seconds } = await untilEnd('')
    assert.ok(answers.every(({ status }) => status === 408))
    assert.ok(seconds < 75, `${seconds} s`)
  })
})
