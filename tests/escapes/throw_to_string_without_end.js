// Throws an object whose toString never returns.
// expect: exception | cpu
throw { toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); }, toJSON() { for (;;); } }
