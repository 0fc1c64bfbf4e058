#!/bin/bash
# Builds guildhall with the address sanitizer (and the undefined-behaviour sanitizer where bytes of strangers are read)
# and runs all checks and tests: the source checks of tests/lint.sh, the unit tests, and the black-box tests of the real
# programs on SQLite and, where the database matters, on MariaDB. The last line is the sum: `N passed, M failed`.
set -uo pipefail
cd "$(dirname "$0")" || exit

failures=build/failures.log
sums=build/sums.log

say() { if [[ -t 1 ]]; then printf '\033[1m==> %s\033[0m\n' "$*"; else echo "==> $*"; fi; }

# count <passed> <failed> <status>: adds to the sum. A step that failed without naming a test counts as one failure.
count() {
  local ok=${1:-0} bad=${2:-0} status=$3
  [[ $status -ne 0 && $bad -eq 0 ]] && bad=1
  echo "$ok $bad" >>"$sums"
}

# Waits for the source checks, which ran beside the build, and counts them.
count_source_checks() {
  say "Source checks"
  local log=build/lint.log status=0 sum
  wait "$lint" || status=$?
  cat "$log"
  sum=$(tail -n 1 "$log")
  grep '^FAILED: ' "$log" >>"$failures"
  count "$(sed -nE 's/^([0-9]+) passed.*/\1/p' <<<"$sum")" "$(sed -nE 's/.* ([0-9]+) failed$/\1/p' <<<"$sum")" "$status"
}

# Reads CTest's log of the outputs of GoogleTest programs. Prints a line for each test that failed or that was running
# when its program ended, then `sum: <passed> <failed>`.
sum_up_unit_tests() {
  awk '
    /^[0-9]+\/[0-9]+ Test: / { program = $3; running = "" }
    /\[ RUN      \]/ { running = $NF }
    /\[       OK \].* ms\)$/ || /\[  SKIPPED \].* ms\)$/ { ok++; running = "" }
    /\[  FAILED  \].* ms\)$/ { bad++; print program ": " running " failed"; running = "" }
    /^<end of output>/ && running { bad++; print program ": " running " crashed or took too long" }
    END { print "sum: " ok + 0 " " bad + 0 }' "$1"
}

run_unit_tests() {
  say "Unit tests"
  local log=build/ctest.log status=0 results ok bad
  ctest --preset debug -j "$(nproc)" --progress >"$log" 2>&1 || status=$?
  results=$(sum_up_unit_tests build/debug/Testing/Temporary/LastTest.log)
  read -r _ ok bad < <(tail -n 1 <<<"$results")
  echo "$ok passed, $bad failed"
  if [[ $status -ne 0 ]]; then
    {
      grep -E -A 12 ': Failure$|^==[0-9]+==ERROR: |: runtime error: ' "$log" | head -n 100
      grep -v '^sum: ' <<<"$results"
      sed -n '/^The following tests FAILED:/,/^Errors while running/p' "$log"
    } >>"$failures"
  fi
  count "$ok" "$bad" "$status"
}

# run_files <title> <log> <file>...; `wrapper` is a command before it.
run_files() {
  local title=$1 log=$2 status=0 ok bad
  shift 2
  rm -f "$log"
  GUILDHALL_BIN=$PWD/build/debug/bin/guildhall DISCORD_SIM_BIN=$PWD/build/debug/bin/discord-sim \
    "${wrapper[@]}" node tests/harness/run_files.mjs "$log" "$(nproc)" "$@" || status=$?
  ok=$(sed -nE 's/^# pass ([0-9]+)$/\1/p' "$log" 2>/dev/null)
  bad=$(sed -nE 's/^# (fail|cancelled) ([0-9]+)$/\2/p' "$log" 2>/dev/null | paste -sd+)
  # Each failure with its place and its message.
  awk -v title="$title" '/^ *not ok / && !/# TODO/ { print title ": " $0; inside = 1; lines = 0; next }
    inside && /^ *\.\.\.$/ { inside = 0 }
    inside && lines++ < 40' "$log" >>"$failures"
  count "$ok" "$((${bad:-0}))" "$status"
}

# run_black_box_tests <title> <log> <file>...: files that take long start first, because the last one decides when all have
# ended; those that measure time come afterwards.
run_black_box_tests() {
  say "Black-box tests, $1"
  local title=$1 log=build/$2 long quiet others
  shift 2
  mapfile -t long < <(grep -l '^// @long$' "$@")
  mapfile -t quiet < <(grep -l '^// @quiet$' "$@")
  mapfile -t others < <(grep -LE '^// @(long|quiet)$' "$@")
  run_files "$title" "$log.tap" "${long[@]}" "${others[@]}"
  [[ ${#quiet[@]} -eq 0 ]] || run_files "$title" "$log-quiet.tap" "${quiet[@]}"
}

./build.sh --packages-only demo test lint || exit 1
mkdir -p build
: >"$failures"
: >"$sums"
tests/lint.sh >build/lint.log 2>&1 &
lint=$!
./build.sh debug demo test lint || exit 1
export UBSAN_OPTIONS=print_stacktrace=1
count_source_checks
run_unit_tests
wrapper=()
run_black_box_tests "on SQLite" blackbox tests/blackbox/*.test.mjs
# Those whose result may depend on the database run once more. Leaks would have shown on SQLite already.
mapfile -t on_database < <(grep -l '^// @database$' tests/blackbox/*.test.mjs)
wrapper=(node tests/harness/with_mariadb.mjs)
ASAN_OPTIONS=detect_leaks=0 run_black_box_tests "on MariaDB" blackbox-mariadb "${on_database[@]}"
echo
[[ -s $failures ]] && say "What failed" && cat "$failures" && echo
awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 }' "$sums"
