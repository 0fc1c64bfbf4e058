// The script's console: lines to the guild's log.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  let lines = 0

  function formatted(args) {
    let next = 0
    let text = ''
    if (typeof args[0] === 'string') {
      next = 1
      const parts = p.stringSplit(args[0], '%')
      text = parts[0]
      for (let i = 1; i < parts.length; i++) {
        const kind = parts[i][0]
        if (parts[i] === '' && i + 1 < parts.length) {
          text += `%${parts[++i]}` // %%
        } else if (next < args.length && kind !== undefined && p.stringIncludes('sdifjoO', kind)) {
          text += placed(kind, args[next++]) + p.stringSlice(parts[i], 1)
        } else {
          text += `%${parts[i]}`
        }
      }
    }
    for (; next < args.length; next++) {
      const value = args[next]
      text += (next === 0 ? '' : ' ') + (typeof value === 'string' ? value : shared.inspect(value))
    }
    return text
  }

  function placed(kind, value) {
    if (kind === 's') return typeof value === 'string' ? value : shared.inspect(value)
    if (kind === 'o' || kind === 'O' || kind === 'j') return shared.inspect(value)
    if (typeof value !== 'number' && typeof value !== 'string') return 'NaN'
    const number = p.Number(value)
    return p.String(kind === 'f' || number !== number ? number : number < 0 ? -(-number - (-number % 1)) : number - (number % 1))
  }

  function write(level, text) {
    if (++lines > shared.limits.consoleLines) return
    // A code unit is at most three bytes of UTF-8; the host cuts exactly.
    host.send(`{"type":"console","level":"${level}","text":${p.stringify(p.stringSlice(text, 0, shared.limits.consoleLineBytes))}}`)
  }

  const console = {}
  const levels = { debug: 'debug', log: 'log', info: 'info', warn: 'warn', error: 'error', dir: 'log', trace: 'debug' }
  const names = p.keys(levels)
  for (let i = 0; i < names.length; i++) {
    const level = levels[names[i]]
    console[names[i]] = { [names[i]]: (...args) => write(level, formatted(args)) }[names[i]]
  }
  console.assert = (condition, ...args) => {
    if (!condition) write('error', args.length === 0 ? 'Assertion failed' : `Assertion failed: ${formatted(args)}`)
  }
  p.defineProperty(globalThis, 'console', { value: console, writable: true, configurable: true })
})
