// A slow regular expression in every string method.
// expect: cpu | exception
const text = 'a'.repeat(5000)
for (;;) text.split(/(a*a*a*a*)*b/), text.search(/(a*)*b/), text.matchAll(/(a*)*b/g).next(), text.replaceAll(/(a*)*b/g, '')
