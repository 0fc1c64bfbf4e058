// What a program and those it has started use.
import { readFileSync, readdirSync } from 'node:fs'

const ticksPerSecond = 100 // USER_HZ, on every Linux

function stat(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const fields = rest.split(' ')
    return { pid: Number(pid), name, parent: Number(fields[1]), ticks: fields.slice(11, 15).map(Number) }
  } catch {
    return undefined // It is gone.
  }
}

/** `pid` and the processes below it. */
function family(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(stat).filter(Boolean)
  const found = all.filter((one) => one.pid === pid)
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent))
    found.push(...children)
    parents = children.map((child) => child.pid)
  }
  return found
}

/** Seconds of processor time of all of them, those that have ended too. */
export const cpuOf = (pid) =>
  family(pid).reduce((sum, { ticks }) => sum + ticks.reduce((a, b) => a + b), 0) / ticksPerSecond

/** Megabytes of memory by program, with what is shared counted once. */
export function memoryOf(pid) {
  const sizes = {}
  for (const { pid: one, name } of family(pid)) {
    const [, size] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))
    sizes[name] = (sizes[name] ?? 0) + (Number(size) * 1024) / 1e6
  }
  return sizes
}
