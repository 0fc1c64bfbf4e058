// discord.js's Collection: a Map with an array's methods.
(function (shared) {
  'use strict'
  const p = shared.primordials

  class Collection extends p.Map {
    first(count) {
      const list = this.map((value) => value)
      return count === undefined ? list[0] : list.slice(0, count)
    }

    last(count) {
      const list = this.map((value) => value)
      return count === undefined ? list.at(-1) : list.slice(-count)
    }

    firstKey() {
      return this.map((value, key) => key)[0]
    }

    at(index) {
      return this.map((value) => value).at(index)
    }

    random() {
      return this.at(p.Number(`${shared.host.random() * this.size}`.split('.')[0]))
    }

    reduce(callback, ...initial) {
      return this.map((value, key) => [key, value]).reduce((sum, [key, value]) => callback(sum, value, key, this), ...initial)
    }

    sort(compare) {
      const entries = this.map((value, key) => [key, value]).sort(([aKey, a], [bKey, b]) => compare(a, b, aKey, bKey))
      this.clear()
      p.arrayForEach(entries, ([key, value]) => p.mapSet(this, key, value))
      return this
    }

    toSorted(compare) {
      return this.filter(() => true).sort(compare)
    }

    sorted(compare) {
      return this.toSorted(compare)
    }

    lastKey() {
      return this.map((value, key) => key).at(-1)
    }

    keyAt(index) {
      return this.map((value, key) => key).at(index)
    }

    randomKey() {
      return this.keyAt(p.Number(`${shared.host.random() * this.size}`.split('.')[0]))
    }

    findKey(callback) {
      return this.filter(callback).firstKey()
    }

    ensure(key, make) {
      if (!this.has(key)) this.set(key, make(key, this))
      return this.get(key)
    }

    reverse() {
      const entries = this.map((value, key) => [key, value]).reverse()
      this.clear()
      p.arrayForEach(entries, ([key, value]) => p.mapSet(this, key, value))
      return this
    }

    sweep(callback) {
      const before = this.size
      p.arrayForEach(this.filter(callback).map((value, key) => key), (key) => p.mapDelete(this, key))
      return before - this.size
    }

    partition(callback) {
      return [this.filter(callback), this.filter((...args) => !callback(...args))]
    }

    flatMap(callback) {
      return new Collection().concat(...this.map(callback))
    }

    mapValues(callback) {
      const mapped = new Collection()
      p.mapForEach(this, (value, key) => p.mapSet(mapped, key, callback(value, key, this)))
      return mapped
    }

    tap(callback) {
      callback(this)
      return this
    }

    clone() {
      return this.filter(() => true)
    }

    concat(...others) {
      const all = this.clone()
      p.arrayForEach(others, (other) => p.mapForEach(other, (value, key) => p.mapSet(all, key, value)))
      return all
    }

    equals(other) {
      return this === other || (this.size === other?.size && this.every((value, key) => other.has(key) && other.get(key) === value))
    }

    intersect(other) {
      return this.filter((value, key) => other.has(key))
    }

    intersection(other) {
      return this.intersect(other)
    }

    subtract(other) {
      return this.filter((value, key) => !other.has(key))
    }

    difference(other) {
      return this.subtract(other)
    }

    symmetricDifference(other) {
      return this.subtract(other).concat(other.filter((value, key) => !this.has(key)))
    }

    union(other) {
      return other.concat(this)
    }

    hasAny(...keys) {
      return keys.some((key) => this.has(key))
    }

    hasAll(...keys) {
      return keys.every((key) => this.has(key))
    }

    each(callback) {
      p.mapForEach(this, (value, key) => callback(value, key, this))
      return this
    }

    toJSON() {
      return this.map((value, key) => [key, value])
    }

    map(callback) {
      const list = []
      p.mapForEach(this, (value, key) => p.arrayPush(list, callback(value, key, this)))
      return list
    }

    filter(callback) {
      const kept = new Collection()
      p.mapForEach(this, (value, key) => {
        if (callback(value, key, this)) p.mapSet(kept, key, value)
      })
      return kept
    }

    find(callback) {
      return this.filter(callback).first()
    }

    some(callback) {
      return p.mapSize(this.filter(callback)) > 0
    }

    every(callback) {
      return p.mapSize(this.filter(callback)) === p.mapSize(this)
    }
  }

  /** A Collection of what `make` returns for each of the objects, which have their ids as keys. */
  function collect(objects, make) {
    const collection = new Collection()
    p.arrayForEach(objects === undefined ? [] : p.keys(objects), (id) => p.mapSet(collection, id, make(objects[id], id)))
    return collection
  }

  shared.collections = { Collection, collect }
})
