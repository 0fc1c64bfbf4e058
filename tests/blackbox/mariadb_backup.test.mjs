// Backups of MariaDB as docs/operations.md describes them: a dump taken while guildhall runs is complete when restored.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import test from 'node:test'
import { account, freshDatabase, prepare } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { startMariaDb } from '../harness/mariadb.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const path = `/api/guilds/${guilds.workshop}`

test('a dump is restored, and people stay logged in', async (t) => {
  const [sim, server] = await Promise.all([startSimulator(t), startMariaDb(t).then(prepare)])
  const [from, to] = [freshDatabase(server), freshDatabase(server)]
  const hall = await startGuildhall(t, sim, { env: from })
  const token = await hall.login(sim, people.ada)
  const body = { trigger: 'é🦀', response: { content: "🦀 'quoted' \\ \n" }, interaction: '// ${1}\u2028' }
  assert.equal((await hall.post(`${path}/commands`, { token, body })).status, 201)

  server.createUser('backup', account.password, from.DB_NAME, 'SELECT, SHOW VIEW')
  const login = ['--user=backup', `--password=${account.password}`, '--host=127.0.0.1', `--port=${server.port}`]
  const dump = execFileSync('mariadb-dump', ['--no-defaults', ...login, '--single-transaction', '--quick', from.DB_NAME])
  server.sql(dump, { database: to.DB_NAME })

  const restored = await startGuildhall(t, sim, { env: { ...hall.env, ...to } })
  for (const asked of ['/api/users/me', path]) {
    const [before, after] = [await hall.get(asked, { token }), await restored.get(asked, { token })]
    assert.equal(before.status, 200)
    assert.equal(after.text, before.text)
  }
  assert.equal((await restored.post('/api/auth/refresh', { token })).status, 200)
})
