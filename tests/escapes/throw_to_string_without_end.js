// Throws an object whose text takes for ever to make.
// expect: exception | cpu
throw { toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); }, toJSON() { for (;;); } }
