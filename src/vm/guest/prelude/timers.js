// setTimeout, setInterval, queueMicrotask. The host waits until the first timer is due.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const { host } = shared
  const maxTimers = 1000
  const maxDelay = 2 ** 31 - 1
  const timers = new p.Map()
  const resolved = p.Promise.resolve()
  let lastId = 0

  function requireFunction(callback) {
    if (typeof callback !== 'function') throw shared.errors.invalidType('callback', 'function')
  }

  function add(callback, delay, args, repeat) {
    requireFunction(callback)
    if (p.mapSize(timers) >= maxTimers) throw new p.RangeError(`There are ${maxTimers} timers already.`)
    let after = p.Number(delay)
    if (!(after >= 1 && after <= maxDelay)) after = 1
    p.mapSet(timers, ++lastId, { id: lastId, callback, args, due: host.now() + after, interval: repeat ? after : 0 })
    return lastId
  }

  /** The timer that is due first; of those that are due at the same time, the one set first. */
  function first() {
    let found
    p.mapForEach(timers, (timer) => {
      if (found === undefined || timer.due < found.due) found = timer
    })
    return found
  }

  shared.timers = {
    /** Milliseconds until the first timer is due; undefined if there is none. */
    next() {
      const timer = first()
      return timer === undefined ? undefined : p.max(0, timer.due - host.now())
    },

    /** Runs one timer that is due, if one is. */
    fire() {
      const timer = first()
      if (timer === undefined || timer.due > host.now()) return
      if (timer.interval === 0) p.mapDelete(timers, timer.id)
      else timer.due = host.now() + timer.interval
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
      requireFunction(callback)
      // An exception in it is an unhandled rejection.
      p.promiseThen(resolved, () => callback())
    },
  }
  p.arrayForEach(p.keys(functions), (name) => p.define(globalThis, name, functions[name]))
})
