// Closes a script element.
// expect: syntax
</script><script>fetch('//e.example')</script>
