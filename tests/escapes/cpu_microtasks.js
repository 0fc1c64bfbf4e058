// Microtasks that double.
// expect: cpu | memory
const double = () => { Promise.resolve().then(double); Promise.resolve().then(double) }
double()
