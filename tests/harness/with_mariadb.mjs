// node with_mariadb.mjs <program> [<argument>...]: starts a mariadbd and runs a program with TEST_DB_DIALECT=mariadb. All
// test files that the program starts share that server. Exits with the program's exit code.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { prepare } from './database.mjs'
import { startMariaDb } from './mariadb.mjs'

const atEnd = []
const server = prepare(await startMariaDb({ after: (action) => atEnd.push(action) }))
const { port, socket } = server
const shared = { TEST_DB_DIALECT: 'mariadb', TEST_MARIADB: JSON.stringify({ port, socket }) }
const [program, ...args] = process.argv.slice(2)
const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...shared } })
// A signal stops the tests, and then the server.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'close')
for (const action of atEnd) await action()
process.exitCode = code ?? 1
