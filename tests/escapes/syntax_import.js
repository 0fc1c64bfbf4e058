// Imports as modules do.
// expect: syntax
import fs from 'fs'
