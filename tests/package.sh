#!/bin/bash
# Shows the life of the Debian package on a fresh machine: installation, a start, an upgrade over an older version with its
# database, removal, which keeps the data, and purging, which keeps nothing; and that lintian and systemd find no error.
#
#   sudo tests/package.sh [--suite bookworm|trixie] [--deb FILE] [--port 18080] [--sim-port 18090] [--folder DIR]
#
# Without --deb it makes the package first, on another fresh machine, which takes some minutes. Needs root, debootstrap,
# git and curl.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

suite=trixie deb='' port=18080 sim_port=18090 below=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --suite) suite=$2 ;;
    --deb) deb=$(realpath "$2") ;;
    --port) port=$2 ;;
    --sim-port) sim_port=$2 ;;
    --folder) below=$2 ;;
    *) sed -n '2,8s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
# shellcheck source=tests/harness/machine.sh
. "$root/tests/harness/machine.sh"

api=http://127.0.0.1:$port sim=http://127.0.0.1:$sim_port
env_file=/etc/guildhall/guildhall.env
data=/var/lib/guildhall

fail() { echo "FAILED: $*" >&2; exit 1; }
run() { (become "$*") || fail "$*"; }
fails() { ! (become "$*") >/dev/null 2>&1 || fail "should not succeed: $*"; }
output() { (become "$*"); }

expect() {
  local what=$1 wanted=$2 found=$3
  [[ $found == "$wanted" ]] || fail "$what: expected '$wanted', found '$found'"
}

make_package() {
  local made=$root/build/package-$suite
  rm -rf "$made"
  mkdir -p "$made"
  make_machine "$suite" "$below"
  git clone -q "file://$root" "$machine/root/guildhall"
  say "./package.sh"
  attended become exec ./package.sh >"$folder/package.log" 2>&1 || { tail -n 40 "$folder/package.log"; fail "./package.sh"; }
  cp "$machine"/root/guildhall/build/guildhall_*.deb "$made/"
  remove_machine
  deb=$(echo "$made"/guildhall_*.deb)
}

# The same package with a lower version and another line in the settings' file.
make_older_package() {
  local files=$folder/older
  dpkg-deb -R "$deb" "$files"
  sed -i 's/^Version: .*/Version: 0.0.1/' "$files/DEBIAN/control"
  echo '# An older version.' >>"$files$env_file"
  sed -i "s|^[0-9a-f]*  etc/guildhall/guildhall.env|$(md5sum <"$files$env_file" | cut -c1-32)  etc/guildhall/guildhall.env|" \
    "$files/DEBIAN/md5sums"
  dpkg-deb -Znone --root-owner-group -b "$files" "$machine/root/older.deb" >/dev/null
}

# await_answer <process> <address>: waits until the process answers there.
await_answer() {
  local process=$1 url=$2 deadline=$((SECONDS + 60))
  until curl -sf --noproxy '*' --max-time 5 -o /dev/null "$url"; do
    if ((SECONDS > deadline)) || ! kill -0 "$process" 2>/dev/null; then
      tail -n 20 "$folder"/*.log
      fail "no answer from $url"
    fi
    sleep 0.1
  done
}

# Starts guildhall as the unit does: its command, user, group and directory.
start_guildhall() {
  local unit=$machine/usr/lib/systemd/system/guildhall.service command
  command=$(sed -n 's/^ExecStart=//p' "$unit")
  (become "cd $data && exec setpriv --reuid=guildhall --regid=guildhall --clear-groups --no-new-privs \
    env -u PORT -u SIM_PORT $command") >"$folder/guildhall.log" 2>&1 &
  guildhall=$!
  await_answer "$guildhall" "$api/readyz"
  for _ in $(seq 100); do grep -q 'The script host is ready' "$folder/guildhall.log" && return; sleep 0.1; done
  cat "$folder/guildhall.log"
  fail "the sandbox is not complete"
}

stop_guildhall() {
  local status=0
  kill -TERM "$guildhall"
  wait "$guildhall" || status=$?
  expect "exit status" 0 "$status"
}

log_in() {
  local query location code
  query="response_type=code&client_id=1150000000000000000&redirect_uri=$api/callback&scope=identify+email+guilds"
  location=$(curl -s --noproxy '*' -o /dev/null -w '%{redirect_url}' "$sim/oauth2/authorize" \
    -d "$query&person=2000000000000000001&decision=approve")
  code=$(sed 's/.*[?&]code=//; s/&.*//' <<<"$location")
  curl -s --noproxy '*' "$api/api/auth/token" -H 'content-type: application/json' \
    -d "{\"code\": \"$code\", \"redirect_uri\": \"$api/callback\"}" | sed 's/.*"token":"//; s/".*//'
}

who() { curl -s --noproxy '*' "$api/api/users/me" -H "Authorization: Bearer $1" | grep -o '"username":"[a-z]*"'; }

try_installation() {
  say "Installation of an older version"
  run "apt-get -q update && apt-get install -q -y --no-install-recommends ./older.deb" >"$folder/apt.log" 2>&1
  expect "rights of the settings" "640 root guildhall" "$(output stat -c "'%a %U %G'" $env_file)"
  expect "rights of the data" "700 guildhall guildhall" "$(output stat -c "'%a %U %G'" $data)"
  run "guildhall --version && zcat /usr/share/man/man1/guildhall.1.gz | grep -q DISCORD_CLIENT_ID" >/dev/null
  (become exec discord-sim --port "$sim_port" --data /root/sim) >"$folder/discord-sim.log" 2>&1 &
  await_answer $! "$sim/sim/world"
  echo "DISCORD_API_URL=$sim/api/v10" >>"$machine$env_file"
  cat >"$machine/root/answers" <<END
DISCORD_CLIENT_ID=1150000000000000000
DISCORD_CLIENT_SECRET=demo-client-secret
DISCORD_BOT_TOKEN=MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token
PORT=$port
OVERWRITE=yes
END
  run "guildhall setup --env-file $env_file --answers /root/answers" >"$folder/setup.log"
  expect "rights of the settings after setup" "640 root guildhall" "$(output stat -c "'%a %U %G'" $env_file)"
  # Root must not make a database that the service cannot write.
  run "guildhall --env-file $env_file migrate" >>"$folder/setup.log"
  expect "rights of the database" "600 guildhall guildhall" "$(output stat -c "'%a %U %G'" $data/guildhall.sqlite)"
  start_guildhall
  token=$(log_in)
  expect "login" '"username":"ada"' "$(who "$token")"
  stop_guildhall
}

try_upgrade() {
  say "Upgrade"
  local before
  before=$(md5sum <"$machine$env_file")
  cp "$deb" "$machine/root/guildhall.deb"
  run "apt-get install -q -y -o Dpkg::Options::=--force-confold ./guildhall.deb </dev/null" >>"$folder/apt.log" 2>&1
  expect "the settings" "$before" "$(md5sum <"$machine$env_file")"
  expect "rights of the settings" "640 root guildhall" "$(output stat -c "'%a %U %G'" $env_file)"
  start_guildhall
  expect "a session from before the upgrade" '"username":"ada"' "$(who "$token")"
  stop_guildhall
}

try_removal() {
  say "Removal"
  run "apt-get remove -q -y guildhall" >>"$folder/apt.log" 2>&1
  fails "command -v guildhall"
  run "test -s $data/guildhall.sqlite && test -s $env_file"
  say "Installation again"
  run "apt-get install -q -y ./guildhall.deb" >>"$folder/apt.log" 2>&1
  start_guildhall
  expect "a session from before the removal" '"username":"ada"' "$(who "$token")"
  stop_guildhall
  say "Purging"
  run "apt-get purge -q -y guildhall" >>"$folder/apt.log" 2>&1
  fails "ls -d $data || ls -d /etc/guildhall || getent passwd guildhall || getent group guildhall"
  expect "files that are left" "" "$(output "find / -xdev -name '*guildhall*' -not -path '/root/*' -not -path '/proc/*'")"
}

try_unit() {
  say "The unit"
  run "apt-get install -q -y --no-install-recommends ./guildhall.deb systemd lintian" >>"$folder/apt.log" 2>&1
  expect "systemd-analyze verify" "" "$(output systemd-analyze verify --man=no guildhall.service 2>&1 | grep -i guildhall)"
  run "set -o pipefail; systemd-analyze security --offline=yes --threshold=30 guildhall.service | tail -n 1"
  say "lintian"
  run "lintian --fail-on error guildhall.deb"
}

main() {
  [[ -n $deb ]] || make_package
  make_machine "$suite" "$below"
  make_older_package
  try_installation
  try_upgrade
  try_removal
  try_unit
  say "All of it holds: $(basename "$deb"), $suite"
}

main
