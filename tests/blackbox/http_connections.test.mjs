// The limit on connections: one more is refused, open ones continue.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { exchange, RawConnection } from '../harness/raw_http.mjs'
import { startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const cap = 10_000
const openFiles = execFileSync('/bin/sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim()
const enough = openFiles === 'unlimited' || Number(openFiles) > cap + 500

test(
  'the connection above the cap is refused',
  { skip: !enough && `${openFiles} open files are too few` },
  async (t) => {
    const sim = await startSimulator(t)
    const hall = await startGuildhall(t, sim, { synced: false })
    const request = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
    const first = await RawConnection.open(hall.port)
    const others = []
    while (others.length < cap) {
      others.push(...(await Promise.all(Array.from({ length: 500 }, () => RawConnection.open(hall.port)))))
    }
    const [refused] = await exchange(hall.port, request)
    assert.equal(refused.status, 503)
    assert.ok(refused.headers['retry-after'])

    await first.send(request)
    assert.equal((await first.receive(1))[0].status, 200)

    for (const connection of [first, ...others]) connection.close()
    await until(async () => (await exchange(hall.port, request, { answers: 1 }))[0]?.status === 200, 'room again')
  },
)
