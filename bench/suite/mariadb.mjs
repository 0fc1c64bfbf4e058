// The suite's own mariadbd, with MariaDB's default settings: commits are flushed to the disk.
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { Program, run } from './processes.mjs'

/** A free port below the range for outgoing connections. */
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

export class MariaDb {
  #socket
  #port
  #made = 0

  static async start(core, directory) {
    const server = new MariaDb()
    const data = join(directory, 'data')
    const user = userInfo().username
    const login = '--auth-root-authentication-method=normal'
    await run(core, 'mariadb-install-db', ['--no-defaults', `--user=${user}`, `--datadir=${data}`, login, '--skip-test-db'])
    server.#socket = join(directory, 'socket')
    server.#port = await freePort()
    server.program = new Program(core, '/usr/sbin/mariadbd', [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${data}`,
      `--tmpdir=${directory}`,
      `--socket=${server.#socket}`,
      `--pid-file=${join(directory, 'pid')}`,
      `--port=${server.#port}`,
      '--bind-address=127.0.0.1',
    ])
    await server.program.says(/(ready for connections)/)
    server.sql("CREATE USER guildhall@'127.0.0.1' IDENTIFIED BY 'bench'")
    return server
  }

  /** Runs statements as root; returns rows, with tabs between columns. */
  sql(statements) {
    const args = ['--no-defaults', '--user=root', `--socket=${this.#socket}`, '--batch', '--skip-column-names']
    return execFileSync('mariadb', args, { encoding: 'utf8', input: statements, stdio: 'pipe' }).trimEnd()
  }

  /** A server's settings for a new database. */
  database() {
    const name = `bench${++this.#made}`
    this.sql(`CREATE DATABASE ${name}; GRANT ALL ON ${name}.* TO guildhall@'127.0.0.1'`)
    return {
      DB_DIALECT: 'mariadb',
      DB_HOST: '127.0.0.1',
      DB_PORT: `${this.#port}`,
      DB_USER: 'guildhall',
      DB_PASS: 'bench',
      DB_NAME: name,
    }
  }

  /** How often the log has been flushed to the disk so far. */
  fsyncs() {
    return Number(this.sql("SHOW GLOBAL STATUS LIKE 'Innodb_os_log_fsyncs'").split('\t')[1])
  }

  cpu() {
    return this.program.cpu()
  }

  stop() {
    return this.program.stop()
  }
}
