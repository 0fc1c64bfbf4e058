#!/bin/bash
# bench/http.sh [rounds]: requests a second of GET /api/users/me with a token beside GET /healthz, one wrk thread with 64
# connections, in turn; prints each round and the medians. Needs a release build (./build.sh release) and wrk.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=4
bin=build/release/bin data=$(mktemp -d)

stop() {
  kill "${hall_pid:-}" "${sim_pid:-}" 2>/dev/null || true
  wait
  rm -rf "$data"
}
trap stop EXIT

# The URL in a program's first lines of output; programs choose ports of their own.
url_in() {
  for _ in $(seq 100); do
    grep -som1 "$2http://127.0.0.1:[0-9]*" "$1" | sed 's/.*http:/http:/' && return
    sleep 0.1
  done
  cat "$1" >&2
  return 1
}

$bin/discord-sim --port 0 --data "$data" >"$data/sim.log" 2>&1 &
sim_pid=$!
sim=$(url_in "$data/sim.log" 'ready http=')
env DISCORD_API_URL="$sim/api/v10" DB_STORAGE="$data/db.sqlite" PORT=0 LOG_FORMAT=json \
  JWT_SECRET="$(openssl rand -hex 32)" $bin/guildhall --demo >"$data/hall.log" 2>&1 &
hall_pid=$!
hall=$(url_in "$data/hall.log" '"url":"')

code=$(curl -s "$sim/sim/authorize" -H 'content-type: application/json' \
  -d "{\"personId\": \"2000000000000000001\", \"redirectUri\": \"$hall/callback\"}" | sed 's/.*"code":"//; s/".*//')
token=$(curl -s "$hall/api/auth/token" -d "code=$code&redirect_uri=$hall/callback" | sed 's/.*"token":"//; s/".*//')

rate() { wrk -t1 -c64 -d${seconds}s "$@" | awk '/Non-2xx/ {bad = 1} /Requests\/sec/ {rate = $2} END {print bad ? "failed" : rate}'; }
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }

rate "$hall/healthz" >/dev/null
for _ in $(seq "$rounds"); do
  healthz=$(rate "$hall/healthz")
  me=$(rate "$hall/api/users/me" -H "Authorization: Bearer $token")
  echo "$healthz $me" | tee -a "$data/rounds" | awk '{printf "healthz %9.0f/s   me %9.0f/s   ratio %.2f\n", $1, $2, $2 / $1}'
done
echo "medians: healthz $(cut -d' ' -f1 "$data/rounds" | median)/s, me $(cut -d' ' -f2 "$data/rounds" | median)/s," \
  "ratio $(awk '{print $2 / $1}' "$data/rounds" | median)"
grep VmRSS "/proc/$hall_pid/status" | awk '{printf "resident: %.1f MB\n", $2 / 1024}'
