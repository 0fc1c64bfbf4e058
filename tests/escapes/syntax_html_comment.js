// Comments as in HTML, which the web needs.
// expect: completed | syntax
<!-- throw new Error('no comment')
--> throw new Error('no comment either')
