#!/bin/bash
# bench/scripts.sh [--quick] [--rounds N] [--bin DIR]: scripts of guildhall beside node:vm and worker threads in Node.js.
#
# People press a button on discord-sim, and a script answers with a message. Prints runs a second with 16 presses under
# way at any time; the time from a press until the answer was there (half of them, and 99 of 100) at 50 presses a second
# in 20 guilds; the same while another guild's script loops for ever and is pressed 20 times a second; and memory.
#
# A press that is answered with an excuse for the person alone, or not within 10 s, counts as one without an answer.
#
# guildhall runs each script in a process of its own. The other two are a bot on npm's discord.js that runs it in a fresh
# context of node:vm with a timeout of 100 ms, which is no sandbox, or in a fresh worker thread with a heap of 64 MB. They
# take turns, and each figure is the median of its rounds.
#
# The bots run on core 0 with all their processes, the simulator and this script on core 1. The shares of a core are
# printed: where the bot's is below 1.00, what it does for each second of its own processor time is what counts.
# --bin names a folder with guildhall, guildhall-vm and discord-sim; without it they are built.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=3 seconds=10 bin=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --quick) rounds=1 seconds=2 ;;
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
folder=bench/scripts
cmp -s $folder/package-lock.json $folder/node_modules/.installed-lock.json || {
  npm ci --prefix $folder --no-audit --no-fund >/dev/null
  cp $folder/package-lock.json $folder/node_modules/.installed-lock.json
}

version=$(node -p "require('./$folder/node_modules/discord.js/package.json').version")
processor=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)
echo "$(nproc) cores of $processor, load average before: $(cut -d' ' -f1-3 /proc/loadavg);" \
  "discord.js $version on Node.js $(node --version)"
echo
exec taskset -c 1 node $folder/measure.mjs "$(realpath "$bin")" "$rounds" "$seconds"
