// One run, from the parent's first frame to the last one of ours.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  const over = -2
  const waiting = -1
  // The engine puts so many lines before the body of a function that it makes of a text, and we before a script.
  const linesBeforeBody = 2
  shared.linesBefore = 1
  shared.linesOfScript = 0

  // The engine's own numbers go on from where the process was copied, so they would be the same in each run.
  p.defineProperty(Math, 'random', { value: () => host.random(), writable: true, configurable: true })

  const calls = new p.Map() // those that the parent has not answered yet
  let lastCall = 0
  let running = true // until the script's own promise is settled
  let finished = false

  function finish(frame) {
    if (finished) return
    finished = true
    host.send(frame)
  }

  function fail(reason, thrown) {
    if (finished) return
    const { name, message, stack, place } = shared.describe(thrown)
    let frame = `{"type":"failed","reason":"${reason}","name":${p.stringify(p.stringSlice(name, 0, 100))}`
    frame += `,"message":${p.stringify(p.stringSlice(message, 0, 300))},"stack":${p.stringify(p.stringSlice(stack, 0, 1300))}`
    if (place !== undefined) frame += `,"line":${place.line},"column":${place.column}`
    finish(`${frame}}`)
  }

  /** An engine that has no memory left says so by a RangeError that no script's own code makes. */
  const isMemory = (thrown) => {
    try {
      return thrown instanceof p.RangeError && thrown.message === 'Out of memory'
    } catch {
      return false
    }
  }

  const failThrown = (thrown) => fail(isMemory(thrown) ? 'memory' : 'exception', thrown)

  /** Asks the parent for something; what it answers, or its error. */
  shared.call = (method, args) =>
    new p.Promise((resolve, reject) => {
      const text = p.stringify(args)
      if (text === undefined) throw shared.errors.invalidType('options', 'object')
      if (host.bytes(text) > shared.limits.callBytes) {
        fail('call_size', new p.RangeError(`A call of interaction.${method} is longer than allowed.`))
        return
      }
      if (lastCall >= shared.limits.calls) {
        fail('calls', new p.RangeError(`The script called interaction's methods more than ${shared.limits.calls} times.`))
        return
      }
      p.mapSet(calls, ++lastCall, { resolve, reject })
      host.send(`{"type":"call","call":${lastCall},"method":"${method}","arguments":${text}}`)
    })

  function answer({ call, value, error }) {
    const open = p.mapGet(calls, call)
    if (open === undefined) return
    p.mapDelete(calls, call)
    if (error === undefined) open.resolve(value)
    else open.reject(shared.errors.fromParent(error))
  }

  /** Milliseconds to wait for the parent at most; `waiting` where only it can bring the run on, `over` at the end. */
  function state() {
    return finished ? over : (shared.timers.next() ?? waiting)
  }

  /** Where nothing is left that could bring the run on, it has come to its end. Asked when no microtask is left. */
  shared.settle = () => {
    if (!finished && p.mapSize(calls) === 0 && shared.timers.next() === undefined) {
      if (running) fail('exception', 'The script waits for something that never comes.')
      else finish('{"type":"ended"}')
    }
    return state()
  }

  /** Ends the run where it is, as its stack shows. */
  shared.failHere = (reason) => fail(reason, new p.RangeError('The script takes more processor time than it may.'))

  shared.unhandled = (promise, reason) => failThrown(reason)
  shared.failThrown = failThrown

  /** The fault that the engine finds in a script, or in the beginning of one; nothing where it parses. */
  function faultOf(script) {
    try {
      // As a body of its own, so that nothing in it can end the function that it is put into.
      new p.AsyncFunction(script)
      return undefined
    } catch (error) {
      if (!(error instanceof p.SyntaxError)) throw error
      return { message: error.message, line: error.line - linesBeforeBody }
    }
  }

  /** The engine says in which line; where in it, the shortest beginning of the script tells that has the same fault. */
  function syntaxFault(script) {
    const fault = faultOf(script)
    if (fault === undefined) return undefined
    const lines = p.stringSplit(script, '\n').length
    if (fault.line > lines && p.regExpExec(/^Unexpected (token '\}'|EOF|end of script)/, fault.message) !== null) {
      return { message: 'Unexpected end of script', line: lines, column: script.length - p.stringLastIndexOf(script, '\n') }
    }
    let without = 0
    let within = script.length
    while (without + 1 < within) {
      const middle = without + ((within - without) >> 1)
      const found = faultOf(p.stringSlice(script, 0, middle))
      const same = found !== undefined && found.message === fault.message && (found.line === fault.line || fault.line > lines)
      if (same) within = middle
      else without = middle
    }
    const beginning = p.stringSlice(script, 0, within)
    const token = p.regExpExec(/'(.+)'/, fault.message)?.[1] ?? ''
    const length = token !== '' && p.stringSlice(beginning, within - token.length) === token ? token.length : 1
    const line = p.stringSplit(beginning, '\n').length
    return { message: fault.message, line, column: p.max(1, within - p.stringLastIndexOf(beginning, '\n') - length) }
  }

  function failSyntax({ message, line, column }) {
    const text = p.stringify(p.stringSlice(message, 0, 300))
    finish(`{"type":"failed","reason":"syntax","name":"SyntaxError","message":${text},"line":${line},"column":${column}}`)
  }

  shared.begin = (text) => begin(p.parse(text))

  function begin(frame) {
    const fault = syntaxFault(frame.script)
    if (fault !== undefined) return failSyntax(fault)
    if (frame.type === 'check') return finish('{"type":"ended"}')
    shared.limits = frame.limits
    shared.linesOfScript = p.stringSplit(frame.script, '\n').length
    const world = { interaction: shared.makeInteraction(frame.interaction), args: frame.args }
    const names = p.keys(world)
    for (let i = 0; i < names.length; i++) {
      p.defineProperty(globalThis, names[i], { value: world[names[i]], writable: true, configurable: true })
    }
    p.promiseThen(
      host.evaluate(`(async function () {\n${frame.script}\n})()`),
      () => {
        running = false
      },
      failThrown,
    )
  }

  shared.warmUp = (text, script) => begin({ ...p.parse(text), script })
  shared.forget = () => {
    delete globalThis.interaction
    delete globalThis.args
  }

  shared.deliver = (text) => answer(p.parse(text))
  shared.fire = () => shared.timers.fire()
})
