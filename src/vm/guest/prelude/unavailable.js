// Members that discord.js has and scripts have not. They say so when they are used, which `undefined` would not.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const ProxyClass = Proxy

  /**
   * Stands for the member `path`, such as `interaction.guild.bans`, and for all members of it. Whoever calls it, constructs
   * it or turns it into a text gets an error that names it. It is a function, so JSON leaves it out.
   */
  function unavailable(path) {
    const refuse = () => {
      throw shared.errors.unavailable(path)
    }
    return new ProxyClass(function () {}, {
      __proto__: null,
      apply: refuse,
      construct: refuse,
      get(target, key) {
        if (key === Symbol.toPrimitive || key === 'toString' || key === 'valueOf') return refuse
        // So that it can be awaited, written as JSON and inspected like anything else.
        if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'prototype') return undefined
        if (key === 'name' || key === 'length') return target[key]
        return unavailable(`${path}.${key}`)
      },
      set: refuse,
    })
  }
  shared.unavailable = unavailable

  /** Where a script finds an object: `interaction.channel`. */
  const paths = new WeakMap()
  const { get, set } = paths
  shared.setPath = (object, path) => p.apply(set, paths, [object, path])
  shared.pathOf = (object) => p.apply(get, paths, [object])

  /** Gives a class the members of discord.js's class that it lacks. `byDefault`: the path of instances that have none. */
  shared.refuseMembers = (Class, byDefault, names) => {
    p.arrayForEach(names.trim().split(/\s+/), (name) => {
      if (name in Class.prototype) throw new p.Error(`${byDefault}.${name} is both there and not.`)
      p.defineProperty(Class.prototype, name, {
        __proto__: null,
        configurable: true,
        get() {
          return unavailable(`${shared.pathOf(this) ?? byDefault}.${name}`)
        },
        set(value) {
          p.define(this, name, value, true)
        },
      })
    })
  }
})
