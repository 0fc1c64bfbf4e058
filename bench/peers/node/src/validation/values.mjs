import { invalid } from '../errors.mjs'

const count = (number, thing) => `${number} ${thing}${number === 1 ? '' : 's'}`

const kindOf = (value) => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Dashboards send empty strings and lists for parts that were never filled in. */
export const isBlank = (value) => value === undefined || value === null || value === '' || value?.length === 0

/** An object with no fields but `names`. */
export function expectObject(value, names, field = '') {
  if (!isObject(value)) throw invalid(field, `Must be an object, not ${kindOf(value)}.`)
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw invalid(`${field}/${name}`, `There is no field "${name}" here.`)
  }
  return value
}

export function expectText(value, field, { least = 1, most }) {
  if (value === undefined) throw invalid(field, 'This field is required.')
  if (typeof value !== 'string') throw invalid(field, `Must be a string, not ${kindOf(value)}.`)
  const length = value.length <= most && least <= 1 ? value.length : [...value].length
  if (length < least) throw invalid(field, `Must be at least ${count(least, 'character')}; this has ${length}.`)
  if (length > most) throw invalid(field, `Must be at most ${count(most, 'character')}; this has ${length}.`)
  return value
}

export function expectList(value, field, most) {
  if (!Array.isArray(value)) throw invalid(field, `Must be an array, not ${kindOf(value)}.`)
  if (value.length > most) throw invalid(field, `Must be at most ${count(most, 'item')}; this has ${value.length}.`)
  return value
}

export function expectOneWord(value, field, most) {
  expectText(value, field, { most })
  if (/\s/.test(value)) throw invalid(field, 'Must not hold white space.')
  return value
}
