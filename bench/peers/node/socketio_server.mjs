// Socket.IO alone, set up as its documentation advises (https://socket.io/docs/v4/performance-tuning/,
// https://socket.io/docs/v4/memory-usage/): with the package ws, its default, and bufferutil; perMessageDeflate is off,
// as by default. One broadcast is encoded once for all.
//   node socketio_server.mjs <file with the message>; a client's event `burst` with n has n messages sent to all.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const message = JSON.parse(readFileSync(process.argv[2], 'utf8'))

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
