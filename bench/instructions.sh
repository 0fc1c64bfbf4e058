#!/bin/bash
# bench/instructions.sh [--update] [PATH...]: counts the instructions of the hot paths and compares them with their budgets.
#
# Counts do not depend on the load of the machine, unlike times. Each path of bench/instructions/ runs under callgrind. Only
# its work is counted, after a warm-up, on its thread, without the kernel. Runs differ by less than 0.3 %.
#
#   me        GET /api/users/me with a token: from the request's bytes to the response's
#   event     a MESSAGE_CREATE from the event bus to the sockets of 200 dashboards
#   parse     five packets from a dashboard's WebSocket frames
#   dispatch  a MESSAGE_CREATE from the gateway's compressed message through the bot, with matching
#   render    a message that calls a custom command, up to the JSON of the response
#
# bench/instructions/budgets.txt has the budgets for the preset release with g++ 12 of Debian 12. The exit code is 1 if a
# path takes over 5 % more than its budget. If one takes over 10 % less, the script says so; --update writes the counts as
# the new budgets, to be committed with the change that caused them. callgrind.out.<path> is kept in
# build/release/instructions for `callgrind_annotate`.
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
