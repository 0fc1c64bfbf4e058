#!/bin/bash
# Builds guildhall with the address and undefined-behaviour sanitizers and runs every check and test: the source checks
# of tests/lint.sh, the unit tests, and the black-box tests of the real programs, on SQLite and on MariaDB. The last
# line is the sum of all.
set -uo pipefail
cd "$(dirname "$0")" || exit

passed=0
failed=0
failures=build/failures.log

say() { if [[ -t 1 ]]; then printf '\033[1m==> %s\033[0m\n' "$*"; else echo "==> $*"; fi; }

# count <passed> <failed> <status>: adds to the sum. A part that failed without saying so counts as one failure.
count() {
  local ok=${1:-0} bad=${2:-0} status=$3
  [[ $status -ne 0 && $bad -eq 0 ]] && bad=1
  passed=$((passed + ok))
  failed=$((failed + bad))
}

check_source() {
  say "Checking the source"
  local log=build/lint.log status=0 sum
  tests/lint.sh --quick 2>&1 | tee "$log" || status=$?
  sum=$(tail -n 1 "$log")
  grep '^FAILED: ' "$log" >>"$failures"
  count "$(sed -nE 's/^([0-9]+) passed.*/\1/p' <<<"$sum")" "$(sed -nE 's/.* ([0-9]+) failed$/\1/p' <<<"$sum")" "$status"
}

run_unit_tests() {
  say "Unit tests"
  local log=build/ctest.log status=0 sum bad all
  ctest --preset debug -j "$(nproc)" --progress 2>&1 | tee "$log" || status=$?
  sum=$(grep -E 'tests passed, .* failed out of' "$log" | tail -n 1)
  bad=$(sed -nE 's/.*, ([0-9]+) tests? failed.*/\1/p' <<<"$sum")
  all=$(sed -nE 's/.* out of ([0-9]+).*/\1/p' <<<"$sum")
  {
    grep -E -A 12 ': Failure$|^==[0-9]+==ERROR: |: runtime error: ' "$log" | head -n 100
    sed -n '/^The following tests FAILED:/,/^Errors while running/p' "$log"
  } >>"$failures"
  count "$((${all:-0} - ${bad:-0}))" "$bad" "$status"
}

# run_black_box_tests <title> <log> <file>...; with the program in `beside` before it.
run_black_box_tests() {
  say "Black-box tests, $1"
  local title=$1 log=$2 status=0 ok bad
  shift 2
  rm -f "$log"
  GUILDHALL_BIN=$PWD/build/debug/bin/guildhall DISCORD_SIM_BIN=$PWD/build/debug/bin/discord-sim \
    "${beside[@]}" node --test --test-concurrency=4 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" "$@" || status=$?
  ok=$(sed -nE 's/^# pass ([0-9]+)$/\1/p' "$log" 2>/dev/null)
  bad=$(sed -nE 's/^# (fail|cancelled) ([0-9]+)$/\2/p' "$log" 2>/dev/null | paste -sd+)
  # Each with where it is and what it said.
  awk -v title="$title" '/^ *not ok / && !/# TODO/ { print title ": " $0; inside = 1; lines = 0; next }
    inside && /^ *\.\.\.$/ { inside = 0 }
    inside && lines++ < 40' "$log" >>"$failures"
  count "$ok" "$((${bad:-0}))" "$status"
}

./build.sh debug demo test lint || exit 1
export UBSAN_OPTIONS=print_stacktrace=1
: >"$failures"
check_source
run_unit_tests
beside=()
run_black_box_tests "on SQLite" build/blackbox.tap tests/blackbox/*.test.mjs
# Once more all that have a database; those that are about MariaDB have had theirs.
mapfile -t files < <(grep -l startGuildhall tests/blackbox/*.test.mjs | grep -vE '/(dialects|mariadb_\w+)\.test\.mjs$')
beside=(node tests/harness/with_mariadb.mjs)
run_black_box_tests "on MariaDB" build/blackbox-mariadb.tap "${files[@]}"
echo
[[ -s $failures ]] && say "What failed" && cat "$failures" && echo
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
