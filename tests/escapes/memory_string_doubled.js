// Text that doubles, and is made flat each time.
// expect: memory | exception | cpu
let text = 'xyz€'
for (;;) {
  text += text
  text.charCodeAt(1)
  JSON.stringify(text)
}
