// Holds the peer, on Node.js and on Bun, to what guildhall answers: the same requests, messages, clicks and sockets go
// to each, and all that comes back is the same but for times, tokens and ids that are made. So what the benchmarks
// compare is the same work.
//   node bench/peers/node/check.mjs; GUILDHALL_BIN and DISCORD_SIM_BIN as of tests/harness, or build/release/bin.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const built = (name) => fileURLToPath(new URL(`../../../build/release/bin/${name}`, import.meta.url))
process.env.GUILDHALL_BIN ??= built('guildhall')
process.env.DISCORD_SIM_BIN ??= built('discord-sim')
const { observe, parts } = await import('./check/scenario.mjs')
const { contenders, startContenders } = await import('./check/contenders.mjs')

/** What each contender did, by part of the scenario. */
const seen = {}
// They are started in a hook, as what is thrown outside of hooks and tests leaves what was started running.
let stopAll
before(async () => {
  const running = await startContenders({ after: (action) => (stopAll = action) })
  for (const contender of running) seen[contender.name] = await observe(contender)
})
after(() => stopAll?.())

for (const name of contenders.filter((name) => name !== 'guildhall')) {
  describe(`the peer on ${name} does what guildhall does`, () => {
    for (const part of parts) test(part, () => assert.deepEqual(seen[name][part], seen.guildhall[part]))
  })
}
