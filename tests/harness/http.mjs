import { Agent, request as send } from 'node:http'
import { text as readText } from 'node:stream/consumers'

const agent = new Agent({ keepAlive: true })

/** A response with its body read. */
class Answer {
  constructor({ statusCode, headers }, text) {
    this.status = statusCode
    /** Keys are lower case. */
    this.headers = headers
    this.text = text
  }

  header(name) {
    return this.headers[name]
  }

  get type() {
    return this.headers['content-type'] ?? ''
  }

  /** The body, parsed where it is JSON. */
  get body() {
    return this.type.includes('json') ? JSON.parse(this.text) : this.text
  }

  get setCookies() {
    return this.headers['set-cookie'] ?? []
  }

  /** The value of a cookie that the response sets, and its attributes in lower case. */
  cookie(name) {
    for (const line of this.setCookies) {
      const [pair, ...attributes] = line.split(/;\s*/)
      if (pair.startsWith(`${name}=`)) {
        return { value: pair.slice(name.length + 1), attributes: attributes.map((text) => text.toLowerCase()) }
      }
    }
    return undefined
  }

  /** The cookies that the response sets, as a browser sends them back. */
  get cookieHeader() {
    return this.setCookies.map((line) => line.split(';')[0]).join('; ')
  }
}

/**
 * Sends one request. The target is not normalised, and redirects are not followed.
 * `token` is sent as bearer, `body` as JSON, `form` as a form, `text` unchanged.
 */
export async function request(method, url, { token, body, form, text, headers = {}, limitMs = 30_000 } = {}) {
  const fields = { ...headers }
  if (token !== undefined) fields.authorization = `Bearer ${token}`
  if (body !== undefined) fields['content-type'] ??= 'application/json'
  if (form) fields['content-type'] ??= 'application/x-www-form-urlencoded'
  const payload = text ?? (form ? new URLSearchParams(form).toString() : body === undefined ? '' : JSON.stringify(body))
  if (payload !== '' || ['POST', 'PUT', 'PATCH'].includes(method)) fields['content-length'] = Buffer.byteLength(payload)

  const [, host, port, path] = /^http:\/\/([^:/]+):(\d+)(.*)$/s.exec(url)
  const response = await new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(limitMs)
    send({ agent, host, port, method, path: path || '/', headers: fields, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(payload)
  })
  return new Answer(response, await readText(response))
}
