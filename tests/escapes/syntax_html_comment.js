// HTML comments, which browsers allow.
// expect: completed | syntax
<!-- throw new Error('no comment')
--> throw new Error('no comment either')
