// Databases as hosts offer them: over a socket of the machine, with replication that needs primary keys.
import assert from 'node:assert/strict'
import test from 'node:test'
import { account, freshDatabase, prepare } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { startMariaDb } from '../harness/mariadb.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const server = prepare(await startMariaDb(test))
const sim = await startSimulator(test)

test('DB_HOST may be the path of a socket', async (t) => {
  const env = freshDatabase(server)
  server.sql(`CREATE USER '${account.user}'@'localhost' IDENTIFIED BY '${account.password.replace(/[\\']/g, '\\$&')}';
    GRANT ALL ON \`${env.DB_NAME}\`.* TO '${account.user}'@'localhost'`)
  const hall = await startGuildhall(t, sim, { env: { ...env, DB_HOST: server.socket, DB_PORT: '1' }, synced: false })
  const token = await hall.login(sim, people.ada)
  assert.equal((await hall.get('/api/users/me', { token })).status, 200)
})

test('every table has a primary key, as sql_require_primary_key and Galera want it', async (t) => {
  const env = freshDatabase(server)
  await startGuildhall(t, sim, { env, synced: false })
  const without = server.sql(`SELECT t.table_name FROM information_schema.tables t WHERE t.table_schema = '${env.DB_NAME}'
    AND t.table_type = 'BASE TABLE' AND NOT EXISTS (SELECT 1 FROM information_schema.table_constraints c
    WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')`)
  assert.equal(without, '')
})
