#!/bin/bash
# bench/socketio.sh [--quick] [--rounds N] [--bin DIR]: guildhall's Socket.IO library beside npm's socket.io on Node.js.
#
# Prints how many messages a second are delivered when one event (a MESSAGE_CREATE of 729 bytes of JSON) goes to all of
# 200 and of 2,000 WebSocket clients, one event at a time and in bursts of 32; and how many bytes of resident memory
# each of 10,000 idle clients costs. The two servers take turns, and each figure is the median of its rounds.
#
# The servers run on core 0, the load on core 1. It asks for the next burst when all but one are delivered, so a server
# always has work and never a backlog. The shares of a core are printed: with the server at 1.00 and the load below it,
# the server is what was measured; with both below, something else ran, and messages for each second of the server's
# processor time say more. --bin names a folder with socketio_server and socketio_load; without it they are built.
#
# shellcheck disable=SC2016 # $1 in single quotes is awk's
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=3 seconds=2 rest=8 bin=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --quick) rounds=1 seconds=1 rest=3 ;;
    --rounds) rounds=${2:?"--rounds wants a number"}; shift ;;
    --bin) bin=${2:?"--bin wants a folder"}; shift ;;
    *) sed -n '2,3s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[[ $(nproc) -ge 2 ]] || { echo "This needs two cores." >&2; exit 1; }
ulimit -n "$(ulimit -Hn)"

if [[ -z $bin ]]; then
  bin=build/release/bin
  ./build.sh release >/dev/null
  ninja -C build/release socketio_bench >/dev/null
fi
cmp -s bench/socketio/node/package-lock.json bench/socketio/node/node_modules/.installed-lock.json || {
  npm ci --prefix bench/socketio/node --no-audit --no-fund >/dev/null
  cp bench/socketio/node/package-lock.json bench/socketio/node/node_modules/.installed-lock.json
}

results=$(mktemp -d)
declare -A pid port
stop() {
  kill "${pid[@]}" 2>/dev/null || true
  wait
  rm -rf "$results"
}
trap stop EXIT

# start <name> <command...>: a server on core 0; knows its port when it says that it is ready.
start() {
  local name=$1
  shift
  NODE_ENV=production taskset -c 0 "$@" >"$results/$name.log" 2>&1 &
  pid[$name]=$!
  for _ in $(seq 100); do
    port[$name]=$(sed -n 's/^ready .*://p' "$results/$name.log")
    [[ -n ${port[$name]} ]] && return
    sleep 0.1
  done
  cat "$results/$name.log" >&2
  return 1
}

start_both() {
  start guildhall "$bin"/socketio_server bench/socketio/message_create.json
  start node node bench/socketio/node/server.mjs
}

# load <name> <clients> <seconds> <what...>: one measurement of that server, added to the results of its row.
load() {
  local name=$1 clients=$2 time=$3 row
  shift 3
  row="$results/$name $clients $*"
  taskset -c 1 "$bin"/socketio_load --port "${port[$name]}" --server "${pid[$name]}" --clients "$clients" \
    --seconds "$time" "$@" >>"$row"
  echo "$name $clients $*: $(tail -n 1 "$row")" >&2
}

# median <expression of awk> <name> <clients> <what...>
median() {
  local expression=$1
  shift
  awk "{printf \"%.12g\\n\", $expression}" "$results/$*" | sort -g | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'
}

# compare <expression> <clients> <what...>: three cells: guildhall, socket.io, ratio.
compare() {
  local expression=$1 ours theirs
  shift
  ours=$(median "$expression" guildhall "$@")
  theirs=$(median "$expression" node "$@")
  awk "BEGIN {printf \"%d | %d | %.3g\", $ours, $theirs, $ours / $theirs}"
}

row() {
  local clients=$1 burst=$2 name shares=()
  local what=("$clients" broadcast --burst "$burst")
  for name in guildhall node; do shares+=("$(median '$2' $name "${what[@]}")/$(median '$3' $name "${what[@]}")"); done
  echo "| $clients clients, bursts of $burst | $(compare '$1' "${what[@]}") | $(compare '$1 / $2' "${what[@]}") |" \
    "${shares[0]}, ${shares[1]} |"
}

processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
echo "$(nproc) cores of $processor, load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
start_both
for _ in $(seq "$rounds"); do
  for clients in 200 2000; do
    for burst in 1 32; do
      for name in guildhall node; do load "$name" "$clients" "$seconds" broadcast --burst "$burst"; done
    done
  done
done

# Memory is that of servers which have done nothing else.
kill "${pid[@]}"
wait
start_both
for name in guildhall node; do load "$name" 10000 "$rest" idle; done

version=$(node -p "require('./bench/socketio/node/node_modules/socket.io/package.json').version")
echo "Messages a second, and for each second of processor time; socket.io $version on Node.js $(node --version)."
echo
echo "| | guildhall | socket.io | ratio | guildhall | socket.io | ratio | core of server/load |"
echo "|---|---|---|---|---|---|---|---|"
for clients in 200 2000; do
  for burst in 1 32; do row "$clients" "$burst"; done
done
echo
echo "| | guildhall | socket.io | ratio |"
echo "|---|---|---|---|"
echo "| resident bytes for each of 10000 idle clients | $(compare '$1' 10000 idle) |"
