import { Agent, request as send } from 'node:http'
import { text as readText } from 'node:stream/consumers'

const agent = new Agent({ keepAlive: true })

/** An answer with its body read. */
class Answer {
  constructor({ statusCode, headers }, text) {
    this.status = statusCode
    /** By names in lower case. */
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

  /** The value that an answer gives to a cookie, and its attributes in lower case. */
  cookie(name) {
    for (const line of this.setCookies) {
      const [pair, ...attributes] = line.split(/;\s*/)
      if (pair.startsWith(`${name}=`)) {
        return { value: pair.slice(name.length + 1), attributes: attributes.map((text) => text.toLowerCase()) }
      }
    }
    return undefined
  }

  /** The cookies that it sets, as a browser sends them back. */
  get cookieHeader() {
    return this.setCookies.map((line) => line.split(';')[0]).join('; ')
  }
}

/**
 * One request, whose target leaves as it is written; redirects are answers like any other.
 * `token` goes as bearer, `body` as JSON, `form` as a form, `text` as it is.
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
