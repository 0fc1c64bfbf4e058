// An error whose texts have half characters.
// expect: exception
throw Object.assign(new Error('\ud800 and \udfff'), { name: '\ud800', stack: '\udc00@\ud800:1:1' })
