// Log lines as fast as possible, until all are rows in the database: guildhall's logger and the peer's winston with
// Sequelize. Each writes as many lines as take some seconds.
import { run } from '../processes.mjs'

const commandLines = {
  guildhall: ({ bin }) => [`${bin}/log_flood`],
  node: ({ peer }) => [process.execPath, `${peer}/log_flood.mjs`],
  bun: ({ peer }) => [`${peer}/node_modules/.bin/bun`, `${peer}/log_flood.mjs`],
}

const linesOf = (contender, quick) => (contender === 'guildhall' ? 100_000 : 5_000) / (quick ? 4 : 1)

export default {
  name: 'log',
  figures: [
    {
      key: 'rate',
      title: 'log lines to rows of the database',
      unit: 'lines/s',
      better: 'more',
      goals: [{ times: 20 }],
      short: 'log lines to the database',
    },
  ],
  async measure(contender, context) {
    const mariadb = await context.mariadb()
    const env = { NODE_ENV: 'production', ...mariadb.database() }
    const [command, ...args] = commandLines[contender](context)
    const lines = String(linesOf(contender, context.quick))
    const before = mariadb.cpu()
    const output = await run(context.cores.server, command, [...args, lines], { env })
    const result = JSON.parse(output.split('\n').at(-1))
    const details = {
      lines: result.lines,
      'seconds to log them': result.loggedSeconds,
      'core of MariaDB': (mariadb.cpu() - before) / result.writtenSeconds,
    }
    return { rate: result.lines / result.writtenSeconds, details }
  },
}
