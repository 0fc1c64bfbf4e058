// HTTP load: wrk, on the load's core.
import { run } from './processes.mjs'

const scales = { us: 1e-3, ms: 1, s: 1000, m: 60_000 }

function milliseconds(text) {
  const [, number, unit] = /^([\d.]+)(\D+)$/.exec(text)
  return Number(number) * scales[unit]
}

/**
 * One thread and `connections` asking `url` again and again for `seconds`. Answers `rate` a second, `p50` and `p99` in
 * milliseconds and which `share` of a core wrk used. Any answer but 2xx is an error.
 */
export async function wrk(core, url, { connections = 64, seconds, headers = {}, script }) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '30s']
  for (const [name, value] of Object.entries(headers)) args.push('-H', `${name}: ${value}`)
  if (script) args.push('-s', script)
  // What `time` says is what wrk used.
  const output = await run(core, 'bash', ['-c', 'TIMEFORMAT="used %U %S"; { time wrk "$@"; } 2>&1', 'wrk', ...args, url])
  return readOutput(output, seconds)
}

function readOutput(output, seconds) {
  const found = (pattern) => pattern.exec(output)
  if (found(/Non-2xx|Socket errors/)) throw new Error(`Requests failed:\n${output}`)
  const [, user, system] = found(/^used ([\d.]+) ([\d.]+)$/m)
  return {
    rate: Number(found(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50: milliseconds(found(/^\s+50%\s+(\S+)/m)[1]),
    p99: milliseconds(found(/^\s+99%\s+(\S+)/m)[1]),
    share: (Number(user) + Number(system)) / seconds,
  }
}
