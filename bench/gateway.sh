#!/bin/bash
# bench/gateway.sh [--quick] [--rounds N] [--bin DIR]: guildhall beside a bot on npm's discord.js, on discord-sim.
#
# Each bot gets 10,000 guilds with 10 roles and 20 channels each on one shard, then messages as fast as it reads them.
# Prints the resident memory of each when it has been idle for five seconds; how long it took from IDENTIFY until the
# last GUILD_CREATE was handled; MESSAGE_CREATE events a second; and how many messages a second are found to ask for a
# custom command. They take turns, and each figure is the median of its rounds.
#
# discord.js has zlib-sync, its intents are guildhall's, its caches as they come. It matches messages to commands in a
# map of each guild and answers none; guildhall has its cooldowns in the way, and answers what these let through.
#
# The bots run on core 0, the simulator and this script on core 1. The shares of a core are printed: with the bot below
# 1.00 it is the simulator that was measured, and what the bot does for each second of its own processor time is
# what counts. --bin names a folder with guildhall and discord-sim; without it they are built. A round takes a minute.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=3 seconds=3 bin=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --quick) rounds=1 seconds=1 ;;
    --rounds) rounds=${2:?"--rounds wants a number"}; shift ;;
    --bin) bin=${2:?"--bin wants a folder"}; shift ;;
    *) sed -n '2s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[[ $(nproc) -ge 2 ]] || { echo "This needs two cores." >&2; exit 1; }

if [[ -z $bin ]]; then
  bin=build/release/bin
  ./build.sh release demo >&2
fi
folder=bench/gateway
cmp -s $folder/package-lock.json $folder/node_modules/.installed-lock.json || {
  npm ci --prefix $folder --no-audit --no-fund >/dev/null
  cp $folder/package-lock.json $folder/node_modules/.installed-lock.json
}

version=$(node -p "require('./$folder/node_modules/discord.js/package.json').version")
processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
echo "$(nproc) cores of $processor, load average before: $(cut -d' ' -f1-3 /proc/loadavg);" \
  "discord.js $version on Node.js $(node --version)"
echo
exec node $folder/measure.mjs "$(realpath "$bin")" "$rounds" "$seconds"
