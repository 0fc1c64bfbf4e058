// Changes of JSON without changing it: what is not on the way to a change stays the same object, so that only what has
// changed is shown anew. Places are JSON pointers (RFC 6901) of names without `/` and `~`, as a message has them.
import { isObject, type JsonObject } from '../json'

const keys = new WeakMap<object, string>()
let lastKey = 0

/** A name of an item of a list that stays when it is changed or moved. */
export function keyOf(item: object): string {
  let key = keys.get(item)
  if (key === undefined) keys.set(item, (key = `k${++lastKey}`))
  return key
}

function copy<T extends object>(of: T): T {
  const made = (Array.isArray(of) ? [...of] : { ...of }) as T
  const key = keys.get(of)
  if (key !== undefined) keys.set(made, key)
  return made
}

const namesOf = (pointer: string) => pointer.split('/').slice(1)

export function getAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const name of namesOf(pointer)) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as JsonObject)[name]
  }
  return value
}

/**
 * `undefined` takes the member away, and the object that it was in if nothing else is in it, unless that is an item of a list.
 * Objects on the way that are not there are made.
 */
export const setAt = <T>(root: T, pointer: string, value: unknown): T => set(root, namesOf(pointer), value) as T

function set(root: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value
  const before = typeof root === 'object' && root !== null ? (root as JsonObject) : {}
  const inner = before[name]
  let after = rest.length === 0 ? value : set(inner, rest, value)
  const isEmptied = rest.length > 0 && value === undefined && isObject(after) && Object.keys(after).length === 0
  if (isEmptied && !Array.isArray(before)) after = undefined
  if (after === inner && (after !== undefined || !(name in before))) return root
  const made = copy(before)
  if (after === undefined && !Array.isArray(made)) delete made[name]
  else made[name] = after
  return made
}

function changeList<T>(root: T, pointer: string, change: (list: unknown[]) => void): T {
  const list = getAt(root, pointer)
  const made = Array.isArray(list) ? copy(list) : []
  change(made)
  return setAt(root, pointer, made)
}

export const insertAt = <T>(root: T, list: string, index: number, item: unknown): T =>
  changeList(root, list, (items) => items.splice(index, 0, item))

export const removeAt = <T>(root: T, list: string, index: number): T => changeList(root, list, (items) => items.splice(index, 1))

export const moveAt = <T>(root: T, list: string, from: number, to: number): T =>
  changeList(root, list, (items) => items.splice(to, 0, ...items.splice(from, 1)))

/** A copy that shares nothing, so that it gets keys of its own. */
export const cloneJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
