// Ends a script element, as if it were on a page.
// expect: syntax
</script><script>fetch('//e.example')</script>
