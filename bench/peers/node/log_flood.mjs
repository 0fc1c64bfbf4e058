// Log lines as fast as they can, through the peer's logger into the table logs of the database that DB_* name.
//   node log_flood.mjs <lines>; prints {lines, loggedSeconds, writtenSeconds}, from the first line on: until the last
//   was logged, and until all were in the table.
import winston from 'winston'
import { readDatabaseConfig } from './src/config.mjs'
import { openDatabase } from './src/database.mjs'
import { makeLogger, SequelizeTransport } from './src/logger.mjs'

const lines = Number(process.argv[2])
const { sequelize, Log } = await openDatabase(readDatabaseConfig())
const rows = new SequelizeTransport({ Log })
let written = 0
const allWritten = new Promise((resolve) => {
  rows.on('row', () => {
    if (++written === lines) resolve()
  })
})
const logger = makeLogger('info', [rows])
// The standard output is for the result.
for (const transport of logger.transports) if (transport instanceof winston.transports.Console) logger.remove(transport)

const begun = performance.now()
const seconds = () => (performance.now() - begun) / 1000
for (let line = 0; line < lines; ++line) logger.info('A line', { source: 'flood', thread: 0, line })
const loggedSeconds = seconds()
await allWritten
const writtenSeconds = seconds()
if ((await Log.count({ where: { source: 'flood' } })) !== lines) throw new Error('Lines are lost.')
console.log(JSON.stringify({ lines, loggedSeconds, writtenSeconds }))
await sequelize.close()
