// node dev.mjs [port]: the dashboard of these sources beside a running guildhall (GUILDHALL_URL, by default
// http://127.0.0.1:8080). Each load of a page bundles anew.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = join(here, 'dist')
const port = Number(process.argv[2] ?? 8081)
const upstream = new URL(process.env.GUILDHALL_URL ?? 'http://127.0.0.1:8080')
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

function serve(response, name) {
  response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream', 'Cache-Control': 'no-store' })
  response.end(readFileSync(join(out, name)))
}

const server = createServer((incoming, response) => {
  const { pathname } = new URL(incoming.url, upstream)
  if (/^\/(guilds|admin|account)?(\/|$)/.test(pathname)) {
    if (!process.env.WEB_NO_BUILD) execFileSync('node', [join(here, 'build.mjs'), '--out', out], { stdio: 'inherit' })
    return serve(response, 'index.html')
  }
  if (pathname.startsWith('/assets/')) return serve(response, pathname.slice('/assets/'.length).replaceAll('/', ''))
  const { hostname, port: to } = upstream
  const onward = request({ hostname, port: to, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  incoming.pipe(onward)
})
server.on('upgrade', (incoming, socket, head) => {
  const onward = connect(upstream.port, upstream.hostname, () => {
    const lines = incoming.rawHeaders.reduce((all, text, at) => all + text + (at % 2 ? '\r\n' : ': '), '')
    onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines}\r\n`)
    onward.write(head)
    socket.pipe(onward).pipe(socket)
  })
  for (const end of [socket, onward]) end.on('error', () => [socket, onward].forEach((each) => each.destroy()))
})
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`))
