import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

/** A process as `{pid, parent, name, state}`; undefined once it is gone. */
function processOf(pid) {
  try {
    const [, name, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return { pid: Number(pid), parent: Number(parent), name, state }
  } catch {
    return undefined
  }
}

/** The descendants of `pid`, including zombies. */
export function processesBelow(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(processOf).filter(Boolean)
  const below = []
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent))
    below.push(...children)
    parents = children.map((child) => child.pid)
  }
  return below
}

/** The memory of a process in bytes: its resident set. */
export function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
}

/** Bytes that the address sanitizer may keep of freed memory in a process; 0 where it is not built in. */
export const quarantineOf = (pid) => (readFileSync(`/proc/${pid}/maps`, 'utf8').includes('libasan') ? 500 * 1024 * 1024 : 0)

const inodesIn = (file) => readFileSync(file, 'utf8').split('\n').map((line) => line.trim().split(/\s+/)[9])

/** The open descriptors of a process, except TCP connections, which come and go with its clients. */
export function descriptorsOf(pid) {
  const tcp = new Set([`/proc/${pid}/net/tcp`, `/proc/${pid}/net/tcp6`].flatMap(inodesIn))
  const targets = []
  for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
    try {
      targets.push(readlinkSync(`/proc/${pid}/fd/${descriptor}`))
    } catch {
      // Closed meanwhile.
    }
  }
  return targets.filter((target) => !tcp.has(/^socket:\[(\d+)\]$/.exec(target)?.[1]))
}
