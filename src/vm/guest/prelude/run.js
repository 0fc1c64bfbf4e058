// One run, from the parent's first frame to the run's last.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  const maxMessage = 300
  // Lines before the body of a function that the engine makes of a text, and before the script in what `begin` evaluates.
  const linesBeforeBody = 2
  shared.linesBefore = 1
  shared.scriptLines = 0

  // The engine's own generator was seeded before the fork, so its numbers would be the same in each run.
  p.define(Math, 'random', () => host.random())

  const calls = new p.Map() // those that the parent has not answered yet
  let lastCall = 0
  let running = true // until the script's own promise is settled
  let finished = false

  const countLines = (text) => p.stringSplit(text, '\n').length
  const cutToJson = (text, size) => p.stringify(p.stringSlice(text, 0, size))

  function finish(frame) {
    if (finished) return
    finished = true
    host.send(frame)
  }

  /** Text by text, since a script may have defined Object.prototype.toJSON. */
  function finishFailed(reason, { name, message, stack, position }) {
    let frame = `{"type":"failed","reason":"${reason}","name":${cutToJson(name, 100)}`
    frame += `,"message":${cutToJson(message, maxMessage)},"stack":${cutToJson(stack, 1300)}`
    if (position !== undefined) frame += `,"line":${position.line},"column":${position.column}`
    finish(`${frame}}`)
  }

  function fail(reason, thrown) {
    if (!finished) finishFailed(reason, shared.describe(thrown))
  }

  function failThrown(thrown) {
    const error = shared.describe(thrown)
    // What the engine throws when it can allocate no more.
    finishFailed(error.name === 'RangeError' && error.message === 'Out of memory' ? 'memory' : 'exception', error)
  }

  /** Makes a call to the parent; resolves to its result. */
  shared.call = (method, args) =>
    new p.Promise((resolve, reject) => {
      const text = p.stringify(args)
      if (text === undefined) throw shared.errors.invalidType('options', 'object')
      if (host.bytes(text) > shared.limits.callBytes) {
        return fail('call_size', new p.RangeError(`A call of interaction.${method} is longer than allowed.`))
      }
      if (lastCall >= shared.limits.calls) {
        return fail('calls', new p.RangeError(`The script called interaction's methods more than ${shared.limits.calls} times.`))
      }
      p.mapSet(calls, ++lastCall, { resolve, reject })
      host.send(`{"type":"call","call":${lastCall},"method":"${method}","arguments":${text}}`)
    })

  /**
   * Called when no microtask is left. Ends the run if it waits for nothing more. Returns how long to wait for the parent,
   * in milliseconds: -1 without a limit, -2 if the run has ended.
   */
  shared.settle = () => {
    const wait = shared.timers.next() ?? -1
    if (!finished && p.mapSize(calls) === 0 && wait === -1) {
      if (running) fail('exception', 'The script waits for something that never happens.')
      else finish('{"type":"ended"}')
    }
    return finished ? -2 : wait
  }

  /** Ends the run at its processor time limit, with the stack of where it is. */
  shared.failCpu = () => fail('cpu', new p.RangeError('The script takes more processor time than it may.'))
  shared.failThrown = failThrown
  shared.unhandled = (promise, reason) => failThrown(reason)

  /** The engine's syntax error in a script or in the beginning of one; undefined if it parses. */
  function syntaxError(script) {
    try {
      // As a function's body, so that a `}` in it cannot end the function that `begin` puts it into.
      new p.AsyncFunction(script)
      return undefined
    } catch (error) {
      if (!(error instanceof p.SyntaxError)) throw error
      return { message: error.message, line: error.line - linesBeforeBody }
    }
  }

  /** The engine reports only the line. The column is the end of the shortest beginning that has the same error. */
  function locateSyntaxError(script) {
    const error = syntaxError(script)
    if (error === undefined) return undefined
    const lines = countLines(script)
    if (error.line > lines && p.regExpExec(/^Unexpected (token '\}'|EOF|end of script)/, error.message) !== null) {
      return { message: 'Unexpected end of script', line: lines, column: script.length - p.stringLastIndexOf(script, '\n') }
    }
    let without = 0
    let within = script.length
    while (without + 1 < within) {
      const middle = without + ((within - without) >> 1)
      const found = syntaxError(p.stringSlice(script, 0, middle))
      const same = found !== undefined && found.message === error.message && (found.line === error.line || error.line > lines)
      if (same) within = middle
      else without = middle
    }
    const beginning = p.stringSlice(script, 0, within)
    const token = p.regExpExec(/'(.+)'/, error.message)?.[1] ?? ''
    const length = token !== '' && p.stringSlice(beginning, within - token.length) === token ? token.length : 1
    const column = p.max(1, within - p.stringLastIndexOf(beginning, '\n') - length)
    return { message: error.message, line: countLines(beginning), column }
  }

  function begin(frame) {
    const script = shared.withoutImports(frame.script)
    const error = locateSyntaxError(script)
    if (error !== undefined) {
      return finishFailed('syntax', { name: 'SyntaxError', message: error.message, stack: '', position: error })
    }
    if (frame.type === 'check') return finish('{"type":"ended"}')
    shared.limits = frame.limits
    shared.scriptLines = countLines(script)
    shared.guild = frame.guild
    p.define(globalThis, 'interaction', shared.makeInteraction(frame.interaction))
    p.define(globalThis, 'args', frame.args)
    const onCompleted = () => {
      running = false
    }
    p.promiseThen(host.evaluate(`(async function () {\n${script}\n})()`), onCompleted, failThrown)
  }

  shared.begin = (text) => begin(p.parse(text))
  shared.warmUp = (text, script) => begin({ ...p.parse(text), script })
  shared.endWarmUp = () => {
    delete globalThis.interaction
    delete globalThis.args
  }

  /** A result of a call from the parent. */
  shared.deliver = (text) => {
    const { call, value, error } = p.parse(text)
    const open = p.mapGet(calls, call)
    if (open === undefined) return
    p.mapDelete(calls, call)
    if (error === undefined) open.resolve(value)
    else open.reject(shared.errors.fromParent(error))
  }

  shared.fire = shared.timers.fire
})
