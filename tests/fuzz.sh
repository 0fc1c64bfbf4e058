#!/bin/bash
# tests/fuzz.sh [--seconds N] [<target>...]: builds the fuzz targets of tests/fuzz/ with clang and libFuzzer, the address
# and the undefined-behaviour sanitizer, and runs each for N seconds (60), or those that are named.
#
# Inputs with new coverage are kept in build/fuzz/corpus/ for the next run; tests/fuzz/corpus/ has the initial inputs. An
# input that makes a target fail is kept in build/fuzz/failures/: pass it to build/fuzz/bin/fuzz_<target> to reproduce the
# failure. The last line is the sum.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

seconds=60
if [[ ${1:-} == --seconds ]]; then
  seconds=${2:?"--seconds wants a number"}
  shift 2
fi
./build.sh fuzz fuzz || exit 1
if [[ $# -gt 0 ]]; then targets=("$@"); else mapfile -t targets < <(ls tests/fuzz/corpus); fi

passed=0
failed=0
mkdir -p build/fuzz/failures
for target in "${targets[@]}"; do
  found=build/fuzz/corpus/$target log=build/fuzz/$target.log
  mkdir -p "$found"
  if build/fuzz/bin/fuzz_"$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 \
    -use_value_profile=1 -print_final_stats=1 -artifact_prefix="build/fuzz/failures/$target-" \
    "$found" "tests/fuzz/corpus/$target" >"$log" 2>&1; then
    echo "ok: $target, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
    passed=$((passed + 1))
  else
    grep -v '^#[0-9]*.*\(NEW\|REDUCE\|pulse\|RELOAD\)' "$log" | tail -n 60
    echo "FAILED: $target, see $log"
    failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
