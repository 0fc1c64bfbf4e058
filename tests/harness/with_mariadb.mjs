// node with_mariadb.mjs <program> [<argument>...]: runs a program with TEST_DB_DIALECT=mariadb beside a mariadbd, which
// all test files that it starts share; ends as that program did.
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
// Whoever ends this ends the tests, and then the server.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'close')
for (const action of atEnd) await action()
process.exitCode = code ?? 1
