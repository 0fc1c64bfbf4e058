#!/bin/bash
# tests/lint.sh [--quick]: checks of the source itself; run after a build of the preset debug. What was good and has not
# changed is not checked again. With --quick without clang-tidy, which takes seconds a file. The last line is the sum.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

passed=0
failed=0

check() {
  local name=$1
  shift
  if "$@"; then
    echo "ok: $name"
    passed=$((passed + 1))
  else
    echo "FAILED: $name"
    failed=$((failed + 1))
  fi
}

format() { find src sim -name node_modules -prune -o -name '*.[ch]pp' -print0 | xargs -0 clang-format --dry-run --Werror; }

check "clang-format" format
check "a folder includes only from folders below it" node tests/lint/layers.mjs
check "coroutine lambdas capture nothing" node tests/lint/coroutines.mjs
check "each header includes what it uses" node tests/lint/headers.mjs
[[ ${1:-} == --quick ]] || check "clang-tidy" node tests/lint/tidy.mjs
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
