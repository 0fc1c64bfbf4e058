// What the modules of a page need of a browser, for unit tests. Import it first, and those modules by `await import` after it.
const kept = new Map()

Object.assign(globalThis, {
  addEventListener: (name, listener) => listeners.push([name, listener]),
  document: { addEventListener() {}, documentElement: { dataset: {} }, visibilityState: 'visible' },
  history: { pushState() {}, replaceState() {} },
  localStorage: {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
  },
  location: new URL('http://localhost/'),
  matchMedia: () => ({ matches: false, addEventListener() {} }),
  scrollTo() {},
})

const listeners = []

/** Dispatches an event of the window. */
export function dispatch(name, event = {}) {
  for (const [of, listener] of listeners) if (of === name) listener(event)
}

/** Requests, each with `answer(status, body, headers)`. */
export const requests = []

globalThis.fetch = (url, { method = 'GET', body, headers, ...options } = {}) =>
  new Promise((resolve) => {
    const { pathname, search } = new URL(url, 'http://localhost')
    const answer = (status, content, etag) => {
      const text = status === 204 ? null : JSON.stringify(content)
      resolve(new Response(text, { status, headers: etag ? { ETag: etag } : {} }))
    }
    requests.push({ method, path: (pathname + search).replace(/^.*?(?=\/api\/)/, ''), body: body ? JSON.parse(body) : undefined, headers, ...options, answer })
  })

/** The next request that has not been taken, when there is one. */
export async function nextRequest() {
  for (let turns = 0; turns < 100; ++turns) {
    const request = requests.shift()
    if (request) return request
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('There was no request')
}
