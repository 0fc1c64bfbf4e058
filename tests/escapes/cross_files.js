// Attachments, which are not supported: files of the machine, bytes, URLs.
// expect: completed
for (const file of ['/etc/passwd', './.env', { attachment: '/etc/passwd', name: 'x' }, new Uint8Array(10), 'https://e.example']) {
  await interaction.followUp({ content: 'x', files: [file], attachments: [{ id: 0, filename: 'x' }] }).catch(() => {})
}
