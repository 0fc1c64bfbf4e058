#!/bin/bash
# bench/run.sh [--quick] [--rounds N] [--only ROW[,ROW]] [--contenders NAME[,NAME]] [--bin DIR] [--json FILE] [--svg FILE]
#
# Compares guildhall with the same work in JavaScript (bench/peers/node: express, sequelize, jose, socket.io, discord.js) on
# Node.js and on Bun, and prints one table of ratios; --json and --svg also write it to files. Installs and builds what is
# missing. Each server runs on core 0; MariaDB, discord-sim and the load run on core 1. It takes about 20 minutes, or 3 with
# --quick, which leaves out the slow rows. Rows are the files of bench/suite/rows; --bin names a folder with release builds,
# otherwise they are built.
set -euo pipefail
cd "$(dirname "$0")/.."

arguments=() bin=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --quick) arguments+=("$1") ;;
    --rounds | --only | --contenders | --json | --svg)
      arguments+=("$1" "${2:?"$1 wants a value"}")
      shift
      ;;
    --bin) bin=${2:?"--bin wants a folder"}; shift ;;
    *) sed -n '2s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[[ $(nproc) -ge 2 ]] || { echo "This needs two cores." >&2; exit 1; }
ulimit -n "$(ulimit -Hn)"

if [[ -n $bin ]]; then
  ./build.sh --packages-only bench >&2
else
  bin=build/release/bin
  ./build.sh release bench >&2
  ninja -C build/release bench >&2
fi
folder=bench/peers/node
cmp -s $folder/package-lock.json $folder/node_modules/.installed-lock.json || {
  npm ci --prefix $folder --no-audit --no-fund >&2
  cp $folder/package-lock.json $folder/node_modules/.installed-lock.json
}

exec node bench/suite/main.mjs --bin "$(realpath "$bin")" "${arguments[@]}"
