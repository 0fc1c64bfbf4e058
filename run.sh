#!/bin/bash
# Builds guildhall and starts it: with Discord if .env or the environment has credentials, otherwise as a demo with
# discord-sim. Arguments are passed to guildhall. Ctrl-C stops it.
set -euo pipefail
cd "$(dirname "$0")"

# The value of a variable in the environment or in .env (which guildhall itself reads in full), or a default.
setting() {
  local name=$1 value=${!1:-}
  if [[ -z $value && -f .env ]]; then
    value=$(sed -nE "s/^\s*(export\s+)?$name\s*=\s*[\"']?([^\"'#]*[^\"'# ])?.*/\2/p" .env | tail -n 1)
  fi
  echo "${value:-${2:-}}"
}

listens() { (exec 3<>"/dev/tcp/${1//[\[\]]/}/$2") 2>/dev/null; }

demand_free_port() {
  local host=$1 port=$2 variable=$3
  if listens "$host" "$port"; then
    echo "Port $port is in use. Stop the program that uses it, or choose another port: $variable=$((port + 1)) ./run.sh" >&2
    exit 1
  fi
}

# Waits until a program that was just started answers at a URL; fails if it ends first.
await_answer() {
  local pid=$1 url=$2
  for _ in $(seq 300); do
    curl -sf --noproxy '*' --max-time 5 -o /dev/null "$url" && return
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

stop_demo() {
  trap '' INT TERM HUP
  local pid
  for pid in $guildhall_pid $sim_pid; do
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  guildhall_pid='' sim_pid=''
}

# The host in a URL for a HOST to listen on, as in guildhall itself.
reachable() {
  case $1 in
    0.0.0.0 | ::) echo localhost ;;
    *:*) echo "[$1]" ;;
    *) echo "$1" ;;
  esac
}

print_welcome() {
  local url=$1 sim=$2 client_id=1150000000000000000
  local channel=$sim/channels/3000000000000000001/4000000000000000001
  cat <<END

guildhall is running with discord-sim in place of Discord. Ctrl-C stops both.

  Dashboard     $url/
  API           $url/api
  API docs      $url/docs
  discord-sim   $sim
  Channel page  $channel

Log in as: ada (owns Ada's Workshop), grace (administrator there, owns Grace's Harbour),
linus (manages Grace's Harbour), mallory (may manage nothing). Create a command \`hello\` on the dashboard or in the API docs
(POST /api/guilds/{id}/commands), and write \`!hello World\` on the channel page, Ada's Workshop.
Or, from another terminal:

code=\$(curl -s -o /dev/null -w '%{redirect_url}' $sim/oauth2/authorize -d 'response_type=code&client_id=$client_id&scope=identify+email+guilds&redirect_uri=$url/api/auth/callback&person=2000000000000000001&decision=approve' | sed 's/.*[?&]code=//; s/&.*//')
token=\$(curl -s $url/api/auth/token -d "code=\$code&redirect_uri=$url/api/auth/callback" | sed 's/.*"token":"//; s/".*//')
curl -s $url/api/users/me/guilds -H "Authorization: Bearer \$token"; echo

# A command with buttons and a menu that its script answers. Then write !poll on the channel page and use them.
curl -s $url/api/guilds/3000000000000000001/commands -H "Authorization: Bearer \$token" -H 'Content-Type: application/json' -d @- <<'JSON'; echo
{
  "trigger": "poll",
  "response": {
    "content": "Tea 0, coffee 0",
    "components": [
      {"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Tea", "custom_id": "tea"},
        {"type": 2, "style": 2, "label": "Coffee", "custom_id": "coffee"}]},
      {"type": 1, "components": [
        {"type": 3, "custom_id": "sugar", "placeholder": "Sugar?", "options": [
          {"label": "Yes, please", "value": "with"}, {"label": "No, thanks", "value": "without"}]}]}]
  },
  "interaction": "let [tea, coffee] = interaction.message.content.match(/[0-9]+/g).map(Number)\nif (interaction.customId === 'tea') tea += 1\nif (interaction.customId === 'coffee') coffee += 1\nif (interaction.isButton()) await interaction.update('Tea ' + tea + ', coffee ' + coffee)\nelse await interaction.reply({content: 'Yours comes ' + interaction.values[0] + ' sugar.', ephemeral: true})"
}
JSON

END
}

run_demo() {
  local bin=build/release/bin host port sim_port=${SIM_PORT:-8090} status=0
  host=$(reachable "$(setting HOST 127.0.0.1)")
  port=$(setting PORT 8080)
  local url=http://$host:$port sim=http://127.0.0.1:$sim_port
  demand_free_port "$host" "$port" PORT
  demand_free_port 127.0.0.1 "$sim_port" SIM_PORT

  sim_pid='' guildhall_pid=''
  # Process groups of their own keep the terminal's Ctrl-C from them, because a second signal after the one from stop_demo
  # would stop them at once.
  set -m
  trap 'stop_demo; exit 0' INT TERM HUP
  trap stop_demo EXIT
  $bin/discord-sim --port "$sim_port" --data data/sim &
  sim_pid=$!
  await_answer "$sim_pid" "$sim/sim/world" || { echo "discord-sim did not start." >&2; exit 1; }
  DISCORD_API_URL=$sim/api/v10 $bin/guildhall --demo "$@" &
  guildhall_pid=$!
  await_answer "$guildhall_pid" "$url/readyz" || { echo "guildhall did not start." >&2; exit 1; }
  print_welcome "$url" "$sim"
  wait -n "$sim_pid" "$guildhall_pid" || status=$?
  echo "One of the two programs ended unexpectedly (status $status): stopping the other." >&2
  exit "$((status == 0 ? 1 : status))"
}

./build.sh release demo
if [[ -n $(setting DISCORD_CLIENT_ID) ]]; then
  exec build/release/bin/guildhall "$@"
else
  run_demo "$@"
fi
