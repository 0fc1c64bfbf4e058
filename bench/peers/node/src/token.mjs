import { compactDecrypt, CompactEncrypt } from 'jose'

const header = { alg: 'dir', enc: 'A256GCM' }
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Session tokens: compact JWEs with the same claims as guildhall's. */
export class Tokens {
  #key

  /** `key`: 32 bytes. */
  constructor(key) {
    this.#key = key
  }

  encrypt(text) {
    return new CompactEncrypt(encoder.encode(text)).setProtectedHeader(header).encrypt(this.#key)
  }

  issue(claims) {
    return this.encrypt(JSON.stringify(claims))
  }

  /** The claims, or nothing where the token is not one of ours or its time is over. */
  async read(token) {
    try {
      const { plaintext } = await compactDecrypt(token, this.#key, {
        keyManagementAlgorithms: [header.alg],
        contentEncryptionAlgorithms: [header.enc],
      })
      const claims = JSON.parse(decoder.decode(plaintext))
      return claims.exp > Date.now() / 1000 ? claims : undefined
    } catch {
      return undefined
    }
  }
}
