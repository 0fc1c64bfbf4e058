// Imports modules, files and addresses.
// expect: completed
for (const name of ['fs', 'node:fs', '/etc/passwd', './prelude.js', 'data:text/javascript,export default 1', 'file:///etc/passwd', '']) {
  let got
  try {
    got = await import(name)
  } catch {
    continue
  }
  throw new Error(`There is a module ${name}: ${Object.keys(got)}`)
}
