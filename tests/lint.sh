#!/bin/bash
# tests/lint.sh [--all]: checks of the source. Without --all only those that take seconds: formatting, the order of the
# folders, names, coroutines. With --all also that each header includes what it uses, and clang-tidy; both take minutes
# the first time and skip what passed before and has not changed. The last line is the sum.
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

# Each version formats differently. Debian 12's decides.
format() {
  if ! clang-format --version | grep -q 'version 14\.'; then
    echo "clang-format is not version 14, so the format is not checked."
    return
  fi
  find src sim -name node_modules -prune -o -name '*.[ch]pp' -print0 | xargs -0 clang-format --dry-run --Werror
}

check "clang-format" format
check "a folder includes only from folders below it" node tests/lint/layers.mjs
check "anonymous namespaces of a folder share no name" node tests/lint/anonymous_names.mjs
check "coroutine lambdas capture nothing" node tests/lint/coroutines.mjs
check "no temporary beside co_await that GCC 12 destroys twice" node tests/lint/co_await.mjs
if [[ ${1:-} == --all ]]; then
  # The compiler flags of each folder are taken from there.
  cmake --preset dev --log-level=WARNING >/dev/null || exit 1
  check "each header includes what it uses" node tests/lint/headers.mjs
  check "clang-tidy" node tests/lint/tidy.mjs
fi
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
