// use: button
// tells: 1
await interaction.reply({
  content: 'All of it',
  embeds: [
    {
      title: 'Title',
      description: 'Text',
      url: 'https://example.com/',
      color: 0x5865f2,
      timestamp: '2026-01-31T12:34:56.000Z',
      footer: { text: 'Below', iconURL: 'https://example.com/footer.png' },
      author: { name: 'Somebody', iconURL: 'https://example.com/author.png' },
      image: { url: 'https://example.com/image.png' },
      fields: [{ name: 'One', value: '1', inline: true }, { name: 'Two', value: '2' }],
    },
  ],
  components: [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: 'Next', customId: 'next', emoji: { name: '🎲' } },
        { type: 2, style: 5, label: 'Read', url: 'https://example.com/' },
      ],
    },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'menu',
          placeholder: 'Choose',
          minValues: 1,
          maxValues: 2,
          options: [{ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue', description: 'As the sky' }],
        },
      ],
    },
  ],
})
