import assert from 'node:assert/strict'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const escapePointer = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** An OpenAPI 3.1 document to validate requests and responses with. */
export class OpenApi {
  #ajv = new Ajv({ strict: false, allErrors: true })
  #compiled = new Map()
  #seen = new Set()

  constructor(document) {
    this.document = document
    addFormats(this.#ajv)
    for (const format of ['snowflake', 'nonce']) this.#ajv.addFormat(format, /^\d{1,20}$/)
    this.#ajv.addSchema(document, 'document')
  }

  /** Each operation as `{method, path, operation, pointer}`. */
  get operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method])
        .map((method) => ({
          method: method.toUpperCase(),
          path,
          parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((one) => this.resolve(one)),
          operation: item[method],
          pointer: `#/paths/${escapePointer(path)}/${method}`,
        })),
    )
  }

  /** `node`, or what its $ref refers to. */
  resolve(node) {
    if (!node?.$ref) return node
    return node.$ref
      .slice(2)
      .split('/')
      .reduce((place, key) => place[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')], this.document)
  }

  /** The operation of a request; undefined if the document has none. */
  find(method, path) {
    const segments = path.split('?')[0].split('/').map(decodeURIComponent)
    const literals = (template) => template.split('/').filter((segment) => !segment.startsWith('{')).length
    const fits = (template) => {
      const parts = template.split('/')
      return parts.length === segments.length && parts.every((part, i) => part === segments[i] || /^\{.+\}$/.test(part))
    }
    return this.operations
      .filter((one) => one.method === method && fits(one.path))
      .sort((a, b) => literals(b.path) - literals(a.path))[0]
  }

  /** Asserts that `value` is valid by a schema, or by the schema at a pointer. */
  assertValid(schema, value, what) {
    const validate = typeof schema === 'string' ? this.#at(schema) : this.#ajv.compile(this.#rooted(schema))
    assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value, null, 1)}`)
  }

  /** The validator of the schema at `pointer`, compiled once. With `closed` it refuses fields that are not declared. */
  #at(pointer, closed = false) {
    const key = `${closed}${pointer}`
    const schema = { $ref: `document${pointer}`, ...(closed && { unevaluatedProperties: false }) }
    if (!this.#compiled.has(key)) this.#compiled.set(key, this.#ajv.compile(schema))
    return this.#compiled.get(key)
  }

  /** `schema` with its references pointing into the document. */
  #rooted(schema) {
    return JSON.parse(JSON.stringify(schema), (key, value) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `document${value}` : value,
    )
  }

  /**
   * Asserts that a request matches the document: method, path, parameters, and the body if it is JSON. Unknown fields fail
   * unless they are `tolerated`.
   */
  assertRequest(method, path, { headers = {}, body = '', tolerated = false } = {}) {
    const url = new URL(path, 'http://localhost')
    const found = this.find(method, url.pathname)
    assert.ok(found, `${method} ${path} is not in the document`)
    const what = `${method} ${path}`
    const segments = url.pathname.split('/')
    found.path.split('/').forEach((part, index) => {
      if (part.startsWith('{')) this.#assertParameter(what, found, 'path', part.slice(1, -1), segments[index])
    })
    for (const [name, value] of url.searchParams) this.#assertParameter(what, found, 'query', name, value)
    for (const { name, required, in: place } of found.parameters) {
      if (required && place === 'query') assert.ok(url.searchParams.has(name), `${what} without ${name}`)
    }
    this.#assertRequestBody(what, found, headers['content-type'] ?? '', body, tolerated)
  }

  #assertParameter(what, { parameters }, place, name, value) {
    const parameter = parameters.find((one) => one.in === place && one.name === name)
    assert.ok(parameter, `${what}: ${name} is not in the document`)
    const { type } = this.resolve(parameter.schema)
    const parsed = { integer: Number, number: Number, boolean: (text) => ({ true: true, false: false })[text] }[type]
    this.assertValid(parameter.schema, parsed ? parsed(value) : decodeURIComponent(value), `${what}, ${name}`)
  }

  #assertRequestBody(what, { operation, pointer }, header, text, tolerated) {
    if (!operation.requestBody) return assert.equal(text, '', `${what} has a body`)
    if (text === '') return assert.ok(!operation.requestBody.required, `${what} has no body`)
    const type = header.split(';')[0].trim()
    assert.ok(operation.requestBody.content[type], `${what} is ${type}, which is not in the document`)
    if (type !== 'application/json') return
    const validate = this.#at(`${pointer}/requestBody/content/application~1json/schema`, !tolerated)
    const value = JSON.parse(text)
    assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value, null, 1)}`)
  }

  /** Asserts that `answer` to `method path` matches the document. */
  assertAnswer(method, path, answer) {
    const found = this.find(method, path)
    assert.ok(found, `${method} ${path} is not in the document`)
    const { responses } = found.operation
    const range = `${String(answer.status)[0]}XX`
    const key = [String(answer.status), range, 'default'].find((candidate) => responses[candidate])
    const what = `${method} ${found.path} ${answer.status}`
    assert.ok(key, `${what} is not in the document: ${answer.text}`)
    const response = this.resolve(responses[key])
    for (const [name, header] of Object.entries(response.headers ?? {})) this.#assertHeader(what, name, header, answer)
    this.#assertBody(what, response.content, answer)
    this.#seen.add(`${found.method} ${found.path} ${key}`)
  }

  #assertHeader(what, name, header, answer) {
    const { required, schema } = this.resolve(header)
    const value = answer.header(name)
    if (required) assert.notEqual(value, undefined, `${what} without ${name}`)
    if (value === undefined || !schema) return
    const numeric = [this.resolve(schema).type].flat().some((type) => ['integer', 'number'].includes(type))
    this.assertValid(schema, numeric ? Number(value) : value, `${what}, field ${name}`)
  }

  #assertBody(what, content, answer) {
    if (!content) return assert.equal(answer.text, '', `${what} has a body`)
    const type = answer.type.split(';')[0]
    assert.ok(content[type], `${what} is ${type}, not ${Object.keys(content)}`)
    if (content[type].schema) this.assertValid(content[type].schema, answer.body, what)
  }

  /** The operations of which no response with a status in `range` was checked. */
  unseen(range) {
    return this.operations
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => ![...this.#seen].some((seen) => seen.startsWith(`${name} ${range}`)))
  }
}
