// The most frequent request of dashboards: the current user, with a token to decrypt or to find in a cache.
import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { startBare } from '../contenders.mjs'
import { httpLoad } from '../http.mjs'

const connections = 64

/** A body of the same size, for the bare server. */
const sample = {
  id: '2000000000000000001',
  username: 'ada',
  globalName: 'Ada',
  avatar: null,
  email: 'ada@example.org',
  roles: [{ id: '1', name: 'ADMIN' }],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}

async function startBareWithSample(context) {
  const body = join(context.directory, 'me.json')
  await writeFile(body, JSON.stringify(sample))
  return startBare(context, body)
}

export default {
  name: 'me',
  contenders: ['guildhall', 'node', 'bun', 'bare', 'guildhall-sqlite'],
  figures: [
    {
      key: 'rate',
      title: `GET /api/users/me, ${connections} connections`,
      short: 'GET /api/users/me',
      unit: 'requests/s',
      better: 'more',
      goals: [
        { times: 30, than: 'bun' },
        { times: 0.6, than: 'bare' },
      ],
    },
  ],
  async measure(contender, context) {
    const bare = contender === 'bare'
    const server = bare ? await startBareWithSample(context) : await context.start(contender)
    const headers = bare ? {} : await server.login()
    return httpLoad(server, '/api/users/me', { context, connections, headers })
  },
}
