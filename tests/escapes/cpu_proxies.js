// A proxy of a proxy of a proxy ...
// expect: cpu | exception | memory
let value = {}
for (let i = 0; i < 2000; ++i) value = new Proxy(value, {})
for (;;) value.x
