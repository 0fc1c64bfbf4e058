// node generate-types.mjs <openapi.json | ->: writes the TypeScript types of the API's schemas to standard output.
//   curl -s http://127.0.0.1:8080/docs/openapi.json | node generate-types.mjs - > src/api/schema.ts
import { readFileSync } from 'node:fs'

const scalars = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }

/** An expression of TypeScript for a JSON schema of OpenAPI 3.1. */
function typeOf(schema, indent) {
  if (schema === true || schema === undefined) return 'unknown'
  if (schema.$ref) return schema.$ref.split('/').at(-1)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)))
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives) return union(alternatives.map((one) => typeOf(one, indent)))
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, indent)).join(' & ')
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, indent)))
  if (schema.type === 'array') {
    const item = typeOf(schema.items, indent)
    return item.includes('|') ? `(${item})[]` : `${item}[]`
  }
  if (schema.type === 'object' || (!schema.type && schema.properties)) return objectType(schema, indent)
  return scalars[schema.type] ?? 'unknown'
}

const union = (types) => [...new Set(types)].join(' | ')

function objectType(schema, indent) {
  const inner = `${indent}  `
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const key = /^\w+$/.test(name) ? name : JSON.stringify(name)
    return `${inner}${key}${required.has(name) ? '' : '?'}: ${typeOf(property, inner)}`
  })
  if (lines.length === 0) return 'Record<string, unknown>'
  return `{\n${lines.join('\n')}\n${indent}}`
}

export function generateTypes(document) {
  const parts = Object.entries(document.components.schemas).map(([name, schema]) => `export type ${name} = ${typeOf(schema, '')}\n`)
  return `// Generated from /docs/openapi.json by generate-types.mjs.\n\n${parts.join('\n')}`
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const input = process.argv[2] === '-' ? 0 : process.argv[2]
  process.stdout.write(generateTypes(JSON.parse(readFileSync(input, 'utf8'))))
}
