// A regular expression a hundred thousand levels deep.
// expect: exception | completed | cpu | memory
new RegExp(`${'('.repeat(1e5)}a${')'.repeat(1e5)}`).test('a')
