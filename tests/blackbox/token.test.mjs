// The session token: a JWE that the npm package jose reads and writes; nothing else is accepted.
import assert from 'node:assert/strict'
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto'
import test from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { SignJWT } from 'jose'
import { assertError } from '../harness/assertions.mjs'
import { newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { makeToken, readToken } from '../harness/token.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const secret = hall.env.JWT_SECRET
const token = await hall.login(sim, people.ada)
const { header, claims } = await readToken(token, secret)

const me = (candidate, node = hall) => node.get('/api/users/me', { token: candidate })
const encode = (value) => Buffer.from(value).toString('base64url')

/** A compact JWE with this protected header, valid in every other way. */
function seal(protectedHeader, plaintext, { key = secret, encryptedKey = '' } = {}) {
  const aad = encode(typeof protectedHeader === 'string' ? protectedHeader : JSON.stringify(protectedHeader))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv).setAAD(Buffer.from(aad))
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return [aad, encryptedKey, encode(iv), encode(sealed), encode(cipher.getAuthTag())].join('.')
}

const plain = JSON.stringify(claims)
const proper = { alg: 'dir', enc: 'A256GCM' }

test('jose reads ours: dir, A256GCM and the promised claims', () => {
  assert.deepEqual(header, proper)
  assert.equal(claims.id, people.ada.id)
  for (const name of ['access_token', 'refresh_token', 'token_type', 'scope', 'jti']) {
    assert.equal(typeof claims[name], 'string', name)
  }
  assert.ok(Number.isInteger(claims.iat) && Number.isInteger(claims.exp) && claims.exp > claims.iat)
  assert.ok(Math.abs(claims.iat - Date.now() / 1000) < 120)
})

test('we read what jose made with the same secret and claims', async () => {
  const { id, access_token, refresh_token, token_type, scope, iat, exp } = claims
  const promised = { id, access_token, refresh_token, token_type, scope, iat, exp, jti: 'made-by-jose' }
  for (const made of [claims, promised]) {
    const answer = await me(await makeToken(made, secret))
    assert.equal(answer.body.id, people.ada.id)
  }
})

test('the scheme is Bearer in any case', async () => {
  for (const scheme of ['bearer', 'BEARER', 'Bearer']) {
    const answer = await hall.get('/api/users/me', { headers: { authorization: `${scheme} ${token}` } })
    assert.equal(answer.status, 200)
  }
})

test('a token that is altered in any character is refused', async () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  // The next character of the alphabet differs in the lowest bit, which carries no data at the end of a part.
  const neighbourOf = (character) => alphabet[alphabet.indexOf(character) ^ 1] ?? 'A'
  const altered = [...token].map((character, i) => token.slice(0, i) + neighbourOf(character) + token.slice(i + 1))
  const accepted = []
  while (altered.length > 0) {
    const batch = altered.splice(0, 50)
    const answers = await Promise.all(batch.map((candidate) => me(candidate)))
    answers.forEach((answer, i) => answer.status === 401 || accepted.push(`${answer.status} ${batch[i]}`))
  }
  assert.deepEqual(accepted, [])
})

const hourAgo = Math.floor(Date.now() / 1000) - 3600
const bomb = () =>
  seal({ ...proper, zip: 'DEF' }, deflateRawSync(Buffer.alloc(50_000_000, ' '), { level: 9 }).subarray(0, 8000))

const refused = {
  'no token': () => undefined,
  'an empty token': () => '',
  'no token at all': () => 'abc',
  'four dots': () => '....',
  'a part too many': () => `${token}.`,
  'a part too few': () => token.slice(0, token.lastIndexOf('.')),
  padding: () => `${token}==`,
  'another key': () => makeToken(claims, newSecret()),
  'alg none, unsigned': () => `${encode('{"alg":"none"}')}.${encode(plain)}.`,
  'a signed token': () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(createSecretKey(secret, 'hex')),
  'alg none in a JWE': () => seal({ ...proper, alg: 'none' }, plain),
  'enc A128CBC-HS256': () => makeToken(claims, secret, { alg: 'dir', enc: 'A128CBC-HS256' }),
  'enc A128CBC-HS256 by name only': () => seal({ ...proper, enc: 'A128CBC-HS256' }, plain),
  'alg A256KW': () => makeToken(claims, secret, { alg: 'A256KW', enc: 'A256GCM' }),
  'alg A256GCMKW': () => makeToken(claims, secret, { alg: 'A256GCMKW', enc: 'A256GCM' }),
  'an encrypted key though dir has none': () => seal(proper, plain, { encryptedKey: 'AAAA' }),
  'a compressed token': () => seal({ ...proper, zip: 'DEF' }, deflateRawSync(plain)),
  'a compressed bomb': bomb,
  'an unknown critical header': () => seal({ ...proper, crit: ['b64'], b64: false }, plain),
  'a header that is no object': () => seal('[]', plain),
  'a header with a name twice': () => seal('{"alg":"dir","alg":"none","enc":"A256GCM"}', plain),
  'an expired token': () => makeToken({ ...claims, iat: hourAgo - 60, exp: hourAgo }, secret),
  'no expiry': () => makeToken({ ...claims, exp: undefined }, secret),
  'an expiry that is no number': () => makeToken({ ...claims, exp: 'never' }, secret),
  'no jti': () => makeToken({ ...claims, jti: undefined }, secret),
  'an id that is none': () => makeToken({ ...claims, id: '18446744073709551616' }, secret),
  'claims that are no object': () => seal(proper, '[]'),
  'claims that are not JSON': () => seal(proper, '{"id":'),
  'nothing inside': () => seal(proper, ''),
  'a token as long as a head may be': () => 'A'.repeat(12_000),
}

for (const [name, make] of Object.entries(refused)) {
  test(`refused without telling why: ${name}`, async () => {
    const answer = await me(await make())
    assertError(answer, 401)
    assert.match(answer.header('www-authenticate') ?? '', /^Bearer\b/)
    const usual = await me('abc')
    assert.deepEqual(answer.body, usual.body)
    const visible = ({ headers }) =>
      Object.entries(headers).filter(([field]) => !['date', 'x-request-id'].includes(field))
    assert.deepEqual(visible(answer), visible(usual))
  })
}

test('another scheme is no token', async () => {
  for (const authorization of [`Basic ${token}`, token, `Bearer`, `Bearer ${token} ${token}`, `Bearer,${token}`]) {
    assertError(await hall.get('/api/users/me', { headers: { authorization } }), 401)
  }
})

test('a rotated secret: new tokens use the first, old ones still work', async (t) => {
  const fresh = newSecret()
  const rotated = await startGuildhall(t, sim, { env: { ...hall.env, JWT_SECRET: `${fresh},${secret}` } })
  assert.equal((await me(token, rotated)).status, 200)
  const made = await rotated.login(sim, people.ada)
  assert.equal((await readToken(made, fresh)).claims.id, people.ada.id)
  await assert.rejects(readToken(made, secret))
  assert.equal((await rotated.post('/api/auth/refresh', { token })).status, 200, 'a sealed refresh token is still read')
})
