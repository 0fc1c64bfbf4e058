// The machine and the versions of the programs.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** The output of a program; nothing if it does not exist. */
function said(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

function packageVersion(peer, name) {
  try {
    return JSON.parse(readFileSync(join(peer, 'node_modules', name, 'package.json'), 'utf8')).version
  } catch {
    return undefined
  }
}

const packages = ['express', 'sequelize', 'mariadb', 'jose', 'socket.io', 'discord.js', 'winston']

export function describeMachine({ bin, peer }) {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0].model,
    cores: cpus().length,
    memory: Math.round(totalmem() / 1e6),
    kernel: /^\d+\.\d+/.exec(release())[0],
    load: loadavg()[0],
    versions: {
      guildhall: said(join(bin, 'guildhall'), '--version'),
      'Node.js': process.version.slice(1),
      Bun: packageVersion(peer, 'bun'),
      MariaDB: said('/usr/sbin/mariadbd', '--version')?.match(/Ver (\d[\d.]*)/)?.[1],
      ...Object.fromEntries(packages.map((name) => [name, packageVersion(peer, name)])),
    },
  }
}
