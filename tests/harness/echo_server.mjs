import { onEnd } from './cleanup.mjs'
import { echoServerBinary } from './paths.mjs'
import { Program } from './program.mjs'

/** Starts `echo_server` on free ports, with options as on its command line. It stops at the end of `scope`. */
export async function startEchoServer(scope, { port = 0, ...options } = {}) {
  const args = ['--port', `${port}`, ...Object.entries(options).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, `${value}`]))]
  const program = new Program(echoServerBinary, args)
  onEnd(scope, () => program.stop())
  const ready = await program.line((line) => /^echo_server ready (.*)/.exec(line)?.[1], 'its ready line')
  const urls = Object.fromEntries(ready.split(' ').map((part) => part.split('=')))
  return { program, url: urls.http, tlsUrl: urls.https, port: Number(new URL(urls.http).port) }
}
