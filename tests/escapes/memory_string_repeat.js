// Text of half a thousand million characters.
// expect: memory | exception | cpu
const text = 'ä€'.repeat(2 ** 28)
text.charCodeAt(text.length - 1)
console.log(text.split('').length)
