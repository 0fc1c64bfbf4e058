// The people who write messages and press buttons; there are many because each has a cooldown.

/** `each` members of every guild of `simulator`, one guild after the other, created on first use. */
export async function membersOf(simulator, each) {
  simulator.members ??= []
  for (let i = simulator.members.length / simulator.guilds.length; i < each; ++i) {
    const join = async (guild, index) => {
      const person = await simulator.control('POST', '/people', { username: `person_${index}_${i}` })
      await simulator.control('PUT', `/guilds/${guild}/members/${person.id}`, { permissions: '0' })
      return { guild, channel: simulator.firstChannels.get(guild), person: person.id }
    }
    simulator.members.push(...(await Promise.all(simulator.guilds.map(join))))
  }
  return simulator.members.slice(0, each * simulator.guilds.length)
}
