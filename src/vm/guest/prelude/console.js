// `console`: lines to the guild's log.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  let lines = 0

  const textOf = (value) => (typeof value === 'string' ? value : shared.inspect(value))

  function toInteger(number) {
    const magnitude = number < 0 ? -number : number
    return (magnitude - (magnitude % 1)) * (number < 0 ? -1 : 1)
  }

  /** The text for `value` in place of `%s`, `%d` and so on. */
  function formatted(specifier, value) {
    if (specifier === 's') return textOf(value)
    if (p.stringIncludes('oOj', specifier)) return shared.inspect(value)
    if (typeof value !== 'number' && typeof value !== 'string') return 'NaN'
    const number = p.Number(value)
    return p.String(specifier === 'f' || number !== number ? number : toInteger(number))
  }

  function format(args) {
    let next = 0
    let text = ''
    if (typeof args[0] === 'string') {
      next = 1
      const parts = p.stringSplit(args[0], '%')
      text = parts[0]
      for (let i = 1; i < parts.length; i++) {
        const specifier = parts[i][0]
        if (parts[i] === '' && i + 1 < parts.length) {
          text += `%${parts[++i]}` // %%
        } else if (next < args.length && specifier !== undefined && p.stringIncludes('sdifjoO', specifier)) {
          text += formatted(specifier, args[next++]) + p.stringSlice(parts[i], 1)
        } else {
          text += `%${parts[i]}`
        }
      }
    }
    for (; next < args.length; next++) text += (next === 0 ? '' : ' ') + textOf(args[next])
    return text
  }

  function write(level, text) {
    if (++lines > shared.limits.consoleLines) return
    // A UTF-16 code unit is at least one byte of UTF-8. The parent truncates to the exact size.
    host.send(`{"type":"console","level":"${level}","text":${p.stringify(p.stringSlice(text, 0, shared.limits.consoleLineBytes))}}`)
  }

  const console = {}
  const levels = { debug: 'debug', log: 'log', info: 'info', warn: 'warn', error: 'error', dir: 'log', trace: 'debug' }
  p.arrayForEach(p.keys(levels), (name) => {
    console[name] = { [name]: (...args) => write(levels[name], format(args)) }[name]
  })
  console.assert = (condition, ...args) => {
    if (!condition) write('error', args.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(args)}`)
  }
  p.define(globalThis, 'console', console)
})
