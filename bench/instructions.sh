#!/bin/bash
# bench/instructions.sh [--update] [PATH...]: how many instructions the hot paths take, beside what they may take.
#
# It counts instead of timing, so that it says the same on a machine that has much else to do: each path of
# bench/instructions/ does its work under callgrind, and only the work itself is counted, after a warm-up, on the thread
# that does it; what the kernel does is not. Runs differ by less than 0.3 %.
#
#   me        GET /api/users/me with a token: from the request's bytes to the answer's
#   event     a MESSAGE_CREATE from the event bus to the sockets of 200 dashboards
#   parse     five packets from a dashboard's WebSocket frames
#   dispatch  a MESSAGE_CREATE from the gateway's compressed message to what the bot makes of it, matching included
#   render    a custom command's message to the JSON of the request that answers it
#
# bench/instructions/budgets.txt has the budgets, as g++ 12 of Debian 12 makes the release preset. The exit code is 1
# where a path takes more than 5 % over its budget. Where one takes more than 10 % less, the script says so: --update
# writes what was counted as the new budgets, to be committed with the change that made it so. callgrind.out.<path> is
# left in build/release/instructions, for `callgrind_annotate` to show where the instructions go.
set -euo pipefail
cd "$(dirname "$0")/.."

budgets=bench/instructions/budgets.txt update=false wanted=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --update) update=true ;;
    -*) sed -n '2s/^# \?//p' "$0" >&2; exit 2 ;;
    *) wanted+=("$1") ;;
  esac
  shift
done

./build.sh --packages-only bench
[[ -f build/release/build.ninja ]] || ./build.sh release
ninja -C build/release instructions >/dev/null || { ninja -C build/release instructions; exit 1; }
program=build/release/bin/instructions out=build/release/instructions
mkdir -p "$out"

# count <path>: what callgrind counted in all. Small blocks of memory come from the thread's own list, however many
# there are: else what an allocation takes depends on how the heap has come to look, and that on the threads' luck. With
# fair scheduling the database's thread gets its turn beside the one that is counted.
count() {
  local file=$out/callgrind.out.$1
  env -i PATH="$PATH" LC_ALL=C TZ=UTC GLIBC_TUNABLES=glibc.malloc.tcache_count=5000 timeout 300 \
    valgrind --quiet --tool=callgrind --fair-sched=try --collect-atstart=no --callgrind-out-file="$file" \
    "$program" "$1" >&2 || { echo "$1 did not come to its end." >&2; return 1; }
  sed -n 's/^totals: //p' "$file"
}

budget_of() { awk -v name="$1" '$1 == name {print $2}' "$budgets"; }

counted=$(mktemp)
trap 'rm -f "$counted"' EXIT
failed=false
printf '%-10s %14s %14s\n' path instructions budget
while read -r name operations; do
  budget=$(budget_of "$name")
  if [[ ${#wanted[@]} -gt 0 && " ${wanted[*]} " != *" $name "* ]]; then
    echo "$name $budget" >>"$counted"
    continue
  fi
  total=$(count "$name")
  each=$((total / operations))
  echo "$name $each" >>"$counted"
  verdict='no budget yet'
  if [[ -n $budget ]]; then
    verdict=$(awk -v n="$each" -v b="$budget" 'BEGIN {printf "%+.1f %%", 100 * (n - b) / b}')
    if ((each * 100 > budget * 105)); then
      verdict+='  TOO MANY' failed=true
    elif ((each * 100 < budget * 90)); then
      verdict+='  lower the budget: --update'
    fi
  fi
  printf '%-10s %14d %14s  %s\n' "$name" "$each" "${budget:--}" "$verdict"
done < <("$program")

if $update; then
  note=$(grep '^#' "$budgets")
  { echo "$note"; column -t "$counted"; } >"$budgets"
  echo "$budgets is what was counted."
elif $failed; then
  echo "Over 5 % more than $budgets allows: make it cheaper, or raise the budget with --update and say why." >&2
  exit 1
fi
