// Options that contain themselves under every name.
// expect: exception | cpu | memory | call_size
const endless = new Proxy({}, {
  get: (_, key) => (typeof key === 'symbol' || key === 'toJSON' || key === 'then' ? undefined : endless),
  ownKeys: () => ['a', 'b', 'components', 'embeds'],
  getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: endless }),
})
await interaction.reply({ embeds: [endless], components: [endless] })
