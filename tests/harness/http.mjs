/** An answer with its body read: parsed where it is JSON. */
class Answer {
  constructor(response, text) {
    this.status = response.status
    this.headers = response.headers
    this.text = text
    this.type = response.headers.get('content-type') ?? ''
  }

  get body() {
    return this.type.includes('json') ? JSON.parse(this.text) : this.text
  }

  header(name) {
    return this.headers.get(name)
  }

  /** The value that `Set-Cookie` gives to a cookie, and its attributes in lower case. */
  cookie(name) {
    for (const line of this.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(/;\s*/)
      if (pair.startsWith(`${name}=`)) {
        return { value: pair.slice(name.length + 1), attributes: attributes.map((text) => text.toLowerCase()) }
      }
    }
    return undefined
  }
}

/**
 * One request; redirects are answers like any other.
 * `token` goes as bearer, `body` as JSON, `form` as a form, `text` as it is.
 */
export async function request(method, url, { token, body, form, text, headers = {}, limitMs = 30_000 } = {}) {
  const fields = { ...headers }
  if (token !== undefined) fields.authorization = `Bearer ${token}`
  if (body !== undefined) fields['content-type'] ??= 'application/json'
  const payload = text ?? (form ? new URLSearchParams(form) : body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(url, {
    method,
    headers: fields,
    body: payload,
    redirect: 'manual',
    signal: AbortSignal.timeout(limitMs),
  })
  return new Answer(response, await response.text())
}
