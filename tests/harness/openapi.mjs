import assert from 'node:assert/strict'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const escapePointer = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** An OpenAPI 3.1 document that answers can be held against. */
export class OpenApi {
  #ajv = new Ajv({ strict: false, allErrors: true })
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

  /** What `node` is, or refers to. */
  resolve(node) {
    if (!node?.$ref) return node
    return node.$ref
      .slice(2)
      .split('/')
      .reduce((place, key) => place[decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')], this.document)
  }

  /** The operation that a request has, or nothing where the document has none. */
  find(method, path) {
    const segments = path.split('?')[0].split('/')
    const literals = (template) => template.split('/').filter((segment) => !segment.startsWith('{')).length
    const fits = (template) => {
      const parts = template.split('/')
      return parts.length === segments.length && parts.every((part, i) => part === segments[i] || /^\{.+\}$/.test(part))
    }
    return this.operations
      .filter((one) => one.method === method && fits(one.path))
      .sort((a, b) => literals(b.path) - literals(a.path))[0]
  }

  /** That `value` is what the schema at `pointer` (or the schema itself) wants. */
  assertValid(schema, value, what) {
    const validate = this.#ajv.compile(
      typeof schema === 'string' ? { $ref: `document${schema}` } : this.#rooted(schema),
    )
    assert.ok(validate(value), `${what}: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value, null, 1)}`)
  }

  /** `schema` with its references leading into the document. */
  #rooted(schema) {
    return JSON.parse(JSON.stringify(schema), (key, value) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `document${value}` : value,
    )
  }

  /** That `answer` to `method path` is one that the document tells of. */
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

  /** The operations of which no answer with a status of `range` was held against the document. */
  unseen(range) {
    return this.operations
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => ![...this.#seen].some((seen) => seen.startsWith(`${name} ${range}`)))
  }
}
