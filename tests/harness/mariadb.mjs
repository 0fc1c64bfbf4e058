import { execFileSync, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { onEnd } from './cleanup.mjs'
import { freshDirectory, mariadbBinary, root } from './paths.mjs'
import { Program, run } from './program.mjs'

/**
 * Settings for a server that is small and starts quickly. A commit reaches the operating system before it is answered, so
 * it survives a server that is killed. It is not flushed to the disk, because no test cuts the power.
 */
const small = [
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-log-file-size=8M',
  '--innodb-buffer-pool-size=64M',
  '--max-connections=500',
  '--skip-name-resolve',
]

/** Settings that an operator may have and that guildhall must not depend on. */
const foreign = [
  '--sql-mode=',
  '--character-set-server=latin1',
  '--collation-server=latin1_swedish_ci',
  '--default-time-zone=+05:45',
]

/** The grants that docs/operations.md asks for: to run, and to migrate. */
export const grantsToRun = 'SELECT, INSERT, UPDATE, DELETE'
export const documentedGrants = `${grantsToRun}, CREATE, ALTER, DROP, INDEX, REFERENCES`

const identifier = (name) => `\`${name.replaceAll('`', '``')}\``
const literal = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** An empty data folder by mariadb-install-db. It takes seconds, so it is made once and then copied. */
async function templateFolder() {
  const version = /Ver (\S+)/.exec(execFileSync(mariadbBinary, ['--no-defaults', '--version'], { encoding: 'utf8' }))[1]
  const folder = join(root, 'build/tests', `mariadb-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(join(root, 'build/tests'), { recursive: true })
  const made = await mkdtemp(`${folder}-`)
  const args = [
    '--no-defaults',
    `--datadir=${made}`,
    `--user=${userInfo().username}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--innodb-log-file-size=8M',
  ]
  // A temporary folder of its own, as in `start`.
  const { code, output } = await run('mariadb-install-db', args, { env: { TMPDIR: made } })
  if (code !== 0) throw new Error(output)
  // If another test file was quicker, its folder is used.
  await rename(made, folder).catch(() => rm(made, { recursive: true }))
  return folder
}

/**
 * A free port below the range for outgoing connections: on a port in that range, a client that keeps trying to reach a
 * stopped server may end up connected to itself.
 */
async function freePort() {
  for (;;) {
    const server = createServer().listen(10_000 + Math.floor(Math.random() * 20_000), '127.0.0.1')
    const port = await once(server, 'listening').then(
      () => server.address().port,
      () => undefined,
    )
    if (port === undefined) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** Creates a certificate authority and a server certificate from it for `names`. */
export function makeCertificates(directory, names = 'IP:127.0.0.1,DNS:localhost') {
  const at = (name) => join(directory, name)
  const request = (name, subject, ...rest) =>
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
        .concat(['-subj', `/CN=${subject}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)])
        .concat(rest),
      { stdio: 'pipe' },
    )
  request('ca', 'An authority for tests')
  const byAuthority = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-addext', 'basicConstraints=critical,CA:FALSE']
  request('server', 'A server for tests', ...byAuthority, '-addext', `subjectAltName=${names}`)
  return { ca: at('ca.pem'), certificate: at('server.pem'), key: at('server.key') }
}

/** A client of a running mariadbd. */
export class MariaDb {
  constructor({ port, socket }) {
    this.port = port
    this.socket = socket
  }

  /** Runs statements as root, or as `user`. Returns rows, with tabs between columns. */
  sql(statements, { database, user = 'root', password } = {}) {
    const login = [`--user=${user}`, ...(password ? [`--password=${password}`] : []), `--socket=${this.socket}`]
    const output = ['--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4']
    const args = ['--no-defaults', ...login, ...output, ...(database ? [database] : [])]
    const options = { encoding: 'utf8', input: statements, stdio: 'pipe', maxBuffer: 1 << 28 }
    return execFileSync('mariadb', args, options).trimEnd()
  }

  /** Opens a session, runs the statements and keeps the session open until `end()`. Returns once they are done. */
  async session(scope, statements, database) {
    const args = ['--no-defaults', '--user=root', `--socket=${this.socket}`, '--batch', '--unbuffered', database]
    const client = spawn('mariadb', args, { stdio: ['pipe', 'pipe', 'inherit'] })
    onEnd(scope, () => client.kill())
    client.stdin.write(`${statements};\nSELECT 'done';\n`)
    for await (const chunk of client.stdout.iterator({ destroyOnReturn: false })) if (`${chunk}`.includes('done')) break
    return { end: () => once(client.stdin.end() && client, 'close') }
  }

  /** Creates a user with `grants` on the databases whose names match `pattern`. */
  createUser(user, password, pattern, grants = documentedGrants) {
    const who = `${literal(user)}@'127.0.0.1'`
    this.sql(`CREATE USER ${who} IDENTIFIED BY ${literal(password)};
              GRANT ${grants} ON ${identifier(pattern)}.* TO ${who};`)
  }

  createDatabase(name) {
    this.sql(`CREATE DATABASE IF NOT EXISTS ${identifier(name)}`)
  }

  /** guildhall's settings for a database on this server. */
  environment(name, { user, password }) {
    return {
      DB_DIALECT: 'mariadb',
      DB_HOST: '127.0.0.1',
      DB_PORT: `${this.port}`,
      DB_USER: user,
      DB_PASS: password,
      DB_NAME: name,
    }
  }
}

/** A mariadbd that the test starts, and can stop, kill and start again. */
class OwnMariaDb extends MariaDb {
  constructor(directory, port, args) {
    super({ port, socket: join(directory, 'socket') })
    this.directory = directory
    this.args = args
  }

  async start() {
    const { directory } = this
    this.program = new Program(mariadbBinary, [
      '--no-defaults',
      `--user=${userInfo().username}`,
      `--datadir=${join(directory, 'data')}`,
      `--tmpdir=${directory}`, // of its own: a server that starts removes what others have there
      `--socket=${this.socket}`,
      `--pid-file=${join(directory, 'pid')}`,
      `--port=${this.port}`,
      '--bind-address=127.0.0.1',
      ...small,
      ...foreign,
      ...this.args,
    ])
    await this.program.line((line) => line.includes('ready for connections'), 'its being ready')
  }

  stop() {
    return this.program.stop(30_000)
  }

  kill() {
    return this.program.kill()
  }
}

/** Starts a mariadbd. It stops at the end of `scope`. With `tls` it offers TLS. */
export async function startMariaDb(scope, { args = [], tls } = {}) {
  const directory = await freshDirectory(scope)
  await cp(await templateFolder(), join(directory, 'data'), { recursive: true })
  const tlsArguments = tls ? [`--ssl-ca=${tls.ca}`, `--ssl-cert=${tls.certificate}`, `--ssl-key=${tls.key}`] : []
  const server = new OwnMariaDb(directory, await freePort(), [...tlsArguments, ...args])
  onEnd(scope, () => server.program?.end ?? server.stop())
  await server.start()
  return server
}
