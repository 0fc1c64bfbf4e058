// The limit on connections: for one more the oldest idle one is closed, and busy ones continue.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { exchange, RawConnection } from '../harness/raw_http.mjs'
import { startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const openFiles = 528
const limit = (openFiles - 128) / 2

test('a connection above the limit takes the place of the oldest idle one', async (t) => {
  const sim = await startSimulator(t)
  const env = { TRUSTED_PROXIES: '127.0.0.1' } // Whose share is the whole.
  const hall = await startGuildhall(t, sim, { synced: false, openFiles, env })
  const request = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
  const { sid } = JSON.parse((await hall.get('/socket.io/?EIO=4&transport=polling')).text.slice(1))
  const busy = await RawConnection.open(hall.port)
  await busy.send(`GET /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\nHost: a\r\n\r\n`)
  const idle = []
  while (idle.length < 2 * limit) idle.push(await RawConnection.open(hall.port))
  const [answer] = await exchange(hall.port, request, { answers: 1 })
  assert.equal(answer.status, 200)
  await until(() => idle[0].ended, 'the oldest to be closed')
  assert.equal(busy.ended, false)
  assert.equal((await hall.post(`/socket.io/?EIO=4&transport=polling&sid=${sid}`, { text: '40' })).status, 200)
  assert.equal((await busy.receive(1))[0].status, 200)
  const open = () => idle.filter(({ ended }) => !ended)
  assert.ok(open().length >= limit - 5 && open().length <= limit, `${open().length} are open`)
  await open().at(-1).send(request)
  assert.equal((await open().at(-1).receive(1))[0].status, 200)
  for (const connection of [busy, ...idle]) connection.close()
})
