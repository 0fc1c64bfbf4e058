// From the start of the process to the first response, as after a deployment or a crash. The database is migrated, and files
// are in the page cache; the bot logs in meanwhile.
import { get } from 'node:http'
import { startListening } from '../contenders.mjs'
import { median } from '../measuring.mjs'

/** The status of a response; fetch would take longer than what is measured. */
function status(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode))
    }).on('error', reject)
  })
}

/** Milliseconds until /healthz is 200. */
async function start(contender, context, database) {
  const server = await startListening(contender, context, { database })
  const answered = await status(`${server.url}/healthz`)
  const took = performance.now() - server.startedAt
  if (answered !== 200) throw new Error(`/healthz answered ${answered}`)
  await server.stop()
  return { took, database: server.database }
}

export default {
  name: 'start',
  contenders: ['guildhall', 'node', 'bun', 'guildhall-sqlite'],
  figures: [
    {
      key: 'ms',
      title: 'start to first 200 of /healthz',
      short: 'start to first answer',
      unit: 'ms',
      better: 'less',
      goals: [{ times: 10 }, { atMost: 100, of: 'guildhall-sqlite' }],
    },
  ],
  async measure(contender, context) {
    const { database, took: first } = await start(contender, context)
    const times = []
    for (let i = 0; i < (context.quick ? 2 : 5); ++i) times.push((await start(contender, context, database)).took)
    return { ms: median(times), details: { 'ms on an empty database': first } }
  },
}
