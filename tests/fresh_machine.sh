#!/bin/bash
# Shows that ./run.sh and ./test.sh work on a fresh machine: installs a minimal Debian in a folder, puts a clean clone
# of HEAD in it, runs ./run.sh until the demo answers and then ./test.sh, and prints how long each took.
#
#   sudo tests/fresh_machine.sh [--suite bookworm|trixie] [--port 18080] [--sim-port 18090] [--folder DIR]
#                               [--only run|test]
#
# Needs root, debootstrap, git and curl. Uses the Debian mirror, the apt settings and the npm settings of this machine.
# It shares this machine's network, so choose free ports. Everything is in a new folder below DIR, which is removed at the
# end.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

suite=trixie port=18080 sim_port=18090 below='' only=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --suite) suite=$2 ;;
    --port) port=$2 ;;
    --sim-port) sim_port=$2 ;;
    --folder) below=$2 ;;
    --only) only=$2 ;;
    *) sed -n '2,10s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
# shellcheck source=tests/harness/machine.sh
. "$root/tests/harness/machine.sh"

# Starts the demo, waits until it answers, runs the example that it prints, and stops it. Reports the time until it answers.
try_run() {
  local title=$1 start=$SECONDS log=$folder/run.log waited status=0
  say "./run.sh, $title"
  become exec ./run.sh >"$log" 2>&1 &
  child=$!
  # The example is printed last, and this is its last line.
  until grep -q '^JSON$' "$log"; do
    kill -0 "$child" 2>/dev/null || { tail -n 40 "$log"; echo "./run.sh ended" >&2; exit 1; }
    ((SECONDS - start < 1800)) || { tail -n 40 "$log"; echo "./run.sh took half an hour" >&2; exit 1; }
    sleep 0.2
  done
  waited=$((SECONDS - start))
  # The second time the command exists already, which the API reports.
  bash -c "$(sed -n '/^code=/,/^JSON$/p' "$log")" | tr -d '\n' | grep -Eq "Ada's Workshop.*(\"trigger\":\"poll\"|/trigger)" ||
    { tail -n 40 "$log"; echo "The example that ./run.sh prints does not work" >&2; exit 1; }
  kill -TERM "$child"
  wait "$child" || status=$?
  child=''
  [[ $status -eq 0 ]] || { tail -n 40 "$log"; echo "./run.sh ended with status $status" >&2; exit 1; }
  report+=("run.sh, $title: $waited s until the demo answers")
}

try_test() {
  local title=$1 start=$SECONDS log=$folder/test.log
  say "./test.sh, $title"
  attended become exec ./test.sh >"$log" 2>&1 || { tail -n 200 "$log"; echo "./test.sh failed" >&2; exit 1; }
  report+=("test.sh, $title: $((SECONDS - start)) s, $(tail -n 1 "$log")")
}

main() {
  make_machine "$suite" "$below"
  git clone -q "file://$root" "$machine/root/guildhall"
  local report=()
  if [[ $only != test ]]; then
    try_run "nothing installed"
    try_run "second time"
  fi
  if [[ $only != run ]]; then
    try_test "nothing built"
    try_test "second time"
  fi
  say "On a fresh machine, $suite, with $(nproc) cores"
  printf '%s\n' "${report[@]}"
}

main
