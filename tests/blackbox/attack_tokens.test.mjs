// Tokens whose claims are out of range, and clients with many addresses.
import assert from 'node:assert/strict'
import test from 'node:test'
import { CompactEncrypt } from 'jose'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { makeToken, readToken } from '../harness/token.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
const secret = hall.env.JWT_SECRET
const { claims } = await readToken(await hall.login(sim, people.ada), secret)

/** The status for the claims with other times, which are JSON, because JavaScript cannot hold all these numbers. */
async function statusWith(times) {
  const members = Object.entries(claims)
    .filter(([name]) => !(name in times))
    .map(([name, value]) => [name, JSON.stringify(value)])
  const json = [...members, ...Object.entries(times)].map(([name, value]) => `"${name}":${value}`)
  const token = await new CompactEncrypt(Buffer.from(`{${json}}`))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(Buffer.from(secret, 'hex'))
  return (await hall.get('/api/users/me', { token })).status
}

test('times that no clock will show are refused', async () => {
  assert.equal(await statusWith({ nbf: claims.iat }), 200)
  const far = ['9223372036854775807', '9223372036854775000', '9223372036854775808', '18446744073709551615', '1e300', '253402300800']
  const wrong = [...far, '-1', '-9223372036854775808', '-1e300', '"1"', 'null', 'true', '[1]', '{}']
  for (const name of ['nbf', 'exp', 'iat']) {
    for (const value of wrong) assert.equal(await statusWith({ [name]: value }), 401, `${name}: ${value}`)
  }
})

test('fractions of seconds are taken and count against the token', async () => {
  const now = Date.now() / 1000
  assert.equal(await statusWith({ nbf: now - 10.5, iat: now - 10.25, exp: now + 60.75 }), 200)
  assert.equal(await statusWith({ exp: `${Math.floor(now) + 60}.0` }), 200)
  assert.equal(await statusWith({ exp: now - 0.5 }), 401)
  assert.equal(await statusWith({ nbf: now + 60.5 }), 401)
})

test('a token made with whole numbers still works', async () => {
  const token = await makeToken(claims, secret)
  assert.equal((await hall.get('/api/users/me', { token })).status, 200)
})

/** Tries a code that Discord refuses, from an address. */
const guess = (address) =>
  hall.post('/api/auth/token', {
    headers: { 'x-forwarded-for': address },
    body: { code: 'guessed', redirect_uri: redirectUri },
  })

test('the addresses of one network have one limit on refused logins', async () => {
  for (const [network, outside] of [
    [(i) => `2001:db8:1:2:${i.toString(16)}::1`, '2001:db8:1:3::1'],
    [(i) => ['192.0.2.1', '::ffff:192.0.2.1', '64:ff9b::192.0.2.1'][i % 3], '::ffff:192.0.2.2'],
  ]) {
    // Discord limits us too, with 503.
    let tries = 0
    const refused = await until(async () => {
      const answer = await guess(network(tries++))
      return answer.status === 429 && answer
    }, 'the limit')
    assertError(refused, 429)
    const other = await until(async () => {
      const answer = await guess(outside)
      return answer.status !== 503 && answer
    }, 'an answer')
    assert.equal(other.status, 400, 'another network')
  }
})
