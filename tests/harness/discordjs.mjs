import { onEnd } from './cleanup.mjs'
import { root } from './paths.mjs'
import { Program } from './program.mjs'
import { application } from './simulator.mjs'

/** Starts a bot of `discordjs/` at `sim` and returns it once it is ready. It stops at the end of `scope`. */
export async function startDiscordJsBot(scope, sim, { file = 'bot.mjs', env = {} } = {}) {
  const environment = { DISCORD_TOKEN: application.botToken, DISCORD_API_URL: `${sim.url}/api`, ...env }
  const program = new Program(process.execPath, [`${root}/tests/discordjs/${file}`], { env: environment })
  onEnd(scope, () => program.stop())
  await program.line((line) => line.startsWith('ready as'), 'being ready')
  return program
}
