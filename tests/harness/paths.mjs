import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onEnd } from './cleanup.mjs'

/** The project's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

const built = (name) => join(root, 'build/debug/bin', name)
export const guildhallBinary = process.env.GUILDHALL_BIN ?? built('guildhall')
export const scriptHostBinary = process.env.GUILDHALL_VM_BIN ?? join(dirname(guildhallBinary), 'guildhall-vm')
export const simulatorBinary = process.env.DISCORD_SIM_BIN ?? built('discord-sim')
export const mariadbBinary = process.env.MARIADBD_BIN ?? '/usr/sbin/mariadbd'
export const echoServerBinary = process.env.ECHO_SERVER_BIN ?? built('echo_server')

/** Creates a directory that is removed at the end of `scope`. */
export async function freshDirectory(scope) {
  const directory = await mkdtemp(join(tmpdir(), 'guildhall-test-'))
  onEnd(scope, () => rm(directory, { recursive: true, force: true }))
  return directory
}
