// What a search looks through, made once for each value. Values do not change.

function cached(textOf: (value: object) => string): (value: object) => string {
  const texts = new WeakMap<object, string>()
  return (value) => {
    let text = texts.get(value)
    if (text === undefined) texts.set(value, (text = textOf(value).toLowerCase()))
    return text
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

/** The texts in a value in lower case, without the names of its members. */
export const valuesText = cached((value) => stringsOf(value).join('\n'))

/** A value as JSON in lower case. */
export const jsonText = cached((value) => JSON.stringify(value))
