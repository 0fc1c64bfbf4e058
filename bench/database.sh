#!/bin/bash
# bench/database.sh [rounds] [seconds]: requests a second of GET /api/users/me, of GET /api/guilds/:id/commands with 20
# commands, and of PATCH of a command, on SQLite and on MariaDB in turn; one wrk thread with 64 connections. Prints each
# round and the medians. Needs a release build (./build.sh release), wrk and MariaDB's programs; starts a mariadbd of its
# own with MariaDB's own settings, so commits are flushed to the disk on both.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-4}
bin=${GUILDHALL_BIN_DIR:-build/release/bin} data=$(mktemp -d)
pids=()

stop() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
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

start_mariadb() {
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$data/mariadb" \
    --auth-root-authentication-method=normal --skip-test-db >"$data/install.log" 2>&1
  port=$((10000 + RANDOM % 20000))
  /usr/sbin/mariadbd --no-defaults --user="$(id -un)" --datadir="$data/mariadb" --socket="$data/socket" --port="$port" \
    --bind-address=127.0.0.1 --pid-file="$data/pid" >"$data/mariadb.log" 2>&1 &
  pids+=($!)
  for _ in $(seq 100); do
    grep -q 'ready for connections' "$data/mariadb.log" && break
    sleep 0.1
  done
  mariadb --no-defaults --user=root --socket="$data/socket" -e "CREATE DATABASE guildhall;
    CREATE USER guildhall@'127.0.0.1' IDENTIFIED BY 'bench'; GRANT ALL ON guildhall.* TO guildhall@'127.0.0.1'"
}

# start_guildhall <dialect>: sets <dialect>_url, <dialect>_token and <dialect>_command.
start_guildhall() {
  local dialect=$1 url code token commands=/api/guilds/3000000000000000001/commands command n
  env DISCORD_API_URL="$sim/api/v10" PORT=0 LOG_FORMAT=json JWT_SECRET="$(openssl rand -hex 32)" DB_DIALECT="$dialect" \
    DB_STORAGE="$data/db.sqlite" DB_PORT="$port" DB_USER=guildhall DB_PASS=bench DB_NAME=guildhall \
    $bin/guildhall --demo >"$data/$dialect.log" 2>&1 &
  pids+=($!)
  url=$(url_in "$data/$dialect.log" '"url":"')
  for _ in $(seq 100); do
    curl -sf -o /dev/null "$url/readyz" && break
    sleep 0.1
  done
  code=$(curl -s "$sim/sim/authorize" -H 'content-type: application/json' \
    -d "{\"personId\": \"2000000000000000001\", \"redirectUri\": \"$url/callback\"}" | sed 's/.*"code":"//; s/".*//')
  token=$(curl -s "$url/api/auth/token" -d "code=$code&redirect_uri=$url/callback" | sed 's/.*"token":"//; s/".*//')
  for n in $(seq 20); do
    command=$(curl -s "$url$commands" -H "Authorization: Bearer $token" -H 'content-type: application/json' \
      -d "{\"trigger\": \"c$n\", \"response\": {\"content\": \"Hello \${1}\", \"embeds\": [{\"title\": \"T\"}]}}" |
      sed 's/{"id":"//; s/".*//')
  done
  declare -g "${dialect}_url=$url" "${dialect}_token=$token" "${dialect}_list=$url$commands" \
    "${dialect}_command=$url$commands/$command"
}

rate() {
  wrk -t1 -c64 -d"${seconds}s" "$@" |
    awk '/Non-2xx/ {bad = 1} /Requests\/sec/ {rate = $2} END {print bad ? "failed" : rate}'
}
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }

cat >"$data/patch.lua" <<'LUA'
wrk.method = "PATCH"
wrk.headers["Content-Type"] = "application/json"
local n = 0
function request()
  n = n + 1
  return wrk.format(nil, nil, nil, '{"response": {"content": "version ' .. n .. '"}}')
end
LUA

$bin/discord-sim --port 0 --data "$data" >"$data/sim.log" 2>&1 &
pids+=($!)
sim=$(url_in "$data/sim.log" 'ready http=')
start_mariadb
start_guildhall sqlite
start_guildhall mariadb

for round in $(seq "$rounds"); do
  for dialect in sqlite mariadb; do
    url=${dialect}_url token=${dialect}_token list=${dialect}_list command=${dialect}_command
    bearer="Authorization: Bearer ${!token}"
    me=$(rate "${!url}/api/users/me" -H "$bearer")
    commands=$(rate "${!list}" -H "$bearer")
    patch=$(rate "${!command}" -H "$bearer" -s "$data/patch.lua")
    echo "$dialect $me $commands $patch" | tee -a "$data/rounds" |
      awk -v round="$round" '{printf "%d %-8s me %9.0f/s   commands %9.0f/s   patch %7.0f/s\n", round, $1, $2, $3, $4}'
  done
done
for dialect in sqlite mariadb; do
  column() { awk -v dialect=$dialect -v column="$1" '$1 == dialect {print $column}' "$data/rounds" | median; }
  echo "medians, $dialect: me $(column 2)/s, commands $(column 3)/s, patch $(column 4)/s"
done
