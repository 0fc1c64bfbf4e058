// setTimeout and its kin. The host sleeps until the first one is due.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  const most = 1000
  const longest = 2 ** 31 - 1
  const timers = new p.Map()
  let last = 0

  function add(callback, delay, args, repeat) {
    if (typeof callback !== 'function') throw shared.errors.invalidType('callback', 'function')
    if (p.mapSize(timers) >= most) throw new p.RangeError(`There are ${most} timers already.`)
    let after = p.Number(delay)
    if (!(after >= 1 && after <= longest)) after = 1
    p.mapSet(timers, ++last, { id: last, callback, args, due: host.now() + after, every: repeat ? after : 0 })
    return last
  }

  /** The timer that is due first; of those that are due together the one that was set first. */
  function first() {
    let found
    p.mapForEach(timers, (timer) => {
      if (found === undefined || timer.due < found.due) found = timer
    })
    return found
  }

  shared.timers = {
    /** Milliseconds until the first is due; undefined where there is none. */
    next() {
      const timer = first()
      return timer === undefined ? undefined : p.max(0, timer.due - host.now())
    },

    /** Runs one timer that is due, if one is. */
    fire() {
      const timer = first()
      if (timer === undefined || timer.due > host.now()) return
      if (timer.every === 0) p.mapDelete(timers, timer.id)
      else timer.due = host.now() + timer.every
      p.apply(timer.callback, undefined, timer.args)
    },
  }

  const clear = (id) => {
    p.mapDelete(timers, id)
  }
  const functions = {
    setTimeout: (callback, delay, ...args) => add(callback, delay, args, false),
    setInterval: (callback, delay, ...args) => add(callback, delay, args, true),
    clearTimeout: clear,
    clearInterval: (id) => clear(id),
    queueMicrotask: (callback) => {
      if (typeof callback !== 'function') throw shared.errors.invalidType('callback', 'function')
      // What it throws is nobody's, as a rejection without a handler.
      p.promiseThen(shared.resolved, () => callback())
    },
  }
  const names = p.keys(functions)
  for (let i = 0; i < names.length; i++) {
    p.defineProperty(globalThis, names[i], { value: functions[names[i]], writable: true, configurable: true })
  }
})
