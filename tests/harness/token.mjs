import { compactDecrypt, CompactEncrypt } from 'jose'

const text = new TextDecoder()

/** Header and claims of a session token, read by the npm package jose. */
export async function readToken(token, secret) {
  const { plaintext, protectedHeader } = await compactDecrypt(token, Buffer.from(secret, 'hex'))
  return { header: protectedHeader, claims: JSON.parse(text.decode(plaintext)) }
}

/** Creates a session token with the npm package jose. */
export function makeToken(claims, secret, header = { alg: 'dir', enc: 'A256GCM' }) {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader(header)
    .encrypt(Buffer.from(secret, 'hex'))
}
