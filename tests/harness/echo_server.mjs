import { onEnd } from './cleanup.mjs'
import { echoServerBinary } from './paths.mjs'
import { Program } from './program.mjs'

/** Starts `echo_server` on ports of its own, and ends it with `scope`. Options are its command line's. */
export async function startEchoServer(scope, { port = 0, ...options } = {}) {
  const args = ['--port', `${port}`, ...Object.entries(options).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, `${value}`]))]
  const program = new Program(echoServerBinary, args)
  onEnd(scope, () => program.stop())
  const ready = await program.line((line) => /^echo_server ready (.*)/.exec(line)?.[1], 'its ready line')
  const urls = Object.fromEntries(ready.split(' ').map((part) => part.split('=')))
  return { program, url: urls.http, tlsUrl: urls.https, port: Number(new URL(urls.http).port) }
}
