// Calls everything that a console may have.
// expect: completed
for (const name of Reflect.ownKeys(console)) {
  try {
    await console[name]?.('x', 'y')
  } catch {}
}
