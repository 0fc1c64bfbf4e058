// Makes arrays and promises that turn into something else wherever a method of theirs is used.
// expect: completed | exception
class List extends Array {
  static get [Symbol.species]() {
    return function () { return new Proxy({}, { set() { throw new Error('written to') } }) }
  }
}
class Later extends Promise {
  static get [Symbol.species]() {
    return function (executor) { executor((value) => value, (value) => value) }
  }
}
await interaction.reply({ content: 'fine', embeds: List.from([{ title: 'a' }]), components: new List() })
await Later.resolve(1).then(() => interaction.followUp({ embeds: List.from([{ title: 'b' }]) }))
