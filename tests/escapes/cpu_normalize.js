// Normalises and compares text by locale.
// expect: cpu | memory
const text = 'ﷺ\u0344\u0390\u1f82'.repeat(5e4)
for (;;) text.normalize('NFKD').localeCompare(text.normalize('NFC')), text.toLocaleUpperCase('tr')
