import assert from 'node:assert/strict'
import test from 'node:test'
import { holdsAdmin, withAdmin } from './admin_roles'

const user = { id: '3', username: 'grace', globalName: null, avatar: null, roles: [{ id: '2', name: 'USER' }], createdAt: '', lastSeenAt: null }
const known = [{ id: '1', name: 'ADMIN' }, { id: '2', name: 'USER' }]

test('ADMIN comes and goes, other roles stay', () => {
  const admin = withAdmin(user, true, known)
  assert.deepEqual(admin.roles, known)
  assert.equal(holdsAdmin(admin), true)
  assert.deepEqual(withAdmin(admin, true, known), admin)
  assert.deepEqual(withAdmin(admin, false, known), user)
  assert.equal(holdsAdmin(user), false)
})
