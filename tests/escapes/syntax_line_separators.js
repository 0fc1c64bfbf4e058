// Has line separators in texts, and says where it throws nevertheless.
// expect: exception
const text = ' '
throw new Error(text)
