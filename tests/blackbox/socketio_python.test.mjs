// Socket.IO with python-socketio, which shares no code with the official client.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startEchoServer } from '../harness/echo_server.mjs'
import { root } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'

const server = await startEchoServer(test)
const script = join(root, 'tests/socketio/client.py')

for (const transports of ['polling', 'websocket', 'polling,websocket']) {
  test(`python-socketio over ${transports}`, async () => {
    const { code, output } = await run('/usr/bin/python3', [script, server.url, transports], { limitMs: 60_000 })
    assert.equal(code, 0, output)
    assert.match(output, /all well/)
  })
}
