// The server that guildhall's is measured beside, set up as its documentation advises
// (https://socket.io/docs/v4/performance-tuning/, https://socket.io/docs/v4/memory-usage/): it runs with the package ws,
// its default, and with bufferutil; perMessageDeflate is off, as by default. One broadcast is encoded once for all.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const message = JSON.parse(readFileSync(new URL('../message_create.json', import.meta.url)))

const http = createServer()
const io = new Server(http)
io.engine.on('connection', (socket) => {
  socket.request = null
})
io.on('connection', (socket) => {
  socket.on('burst', (count) => {
    for (let i = 0; i < count; i += 1) io.emit('event', message)
  })
})
http.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${http.address().port}`))
process.on('SIGTERM', () => process.exit(0))
