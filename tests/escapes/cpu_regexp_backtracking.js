// Regular expressions with lookbehind, back references and alternatives that blow up.
// expect: cpu | exception
/^(?:(a|aa|aaa)*?(?<=\1))*b$/u.test('a'.repeat(60))
'x'.repeat(3e4).match(/(x*)*(x*)*(x*)*y/)
for (;;) 'x'.repeat(3e4).replace(/(.*)(.*)(.*)(.*)y/g, '')
