// JSON a million levels deep, read and written.
// expect: exception | completed | memory | cpu
JSON.stringify(JSON.parse(`${'['.repeat(1e6)}${']'.repeat(1e6)}`))
