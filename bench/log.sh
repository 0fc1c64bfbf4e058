#!/bin/bash
# bench/log.sh: 100,000 log lines from four threads while the database file is locked for five seconds, and how long
# requests' reads and writes take meanwhile. The file is made in $TMPDIR, or /var/tmp. Needs a release build
# (./build.sh release).
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build/release}
ninja -C "$build" log_flood >/dev/null
directory=$(mktemp -d "${TMPDIR:-/var/tmp}/guildhall-log-XXXXXX")
trap 'rm -rf "$directory"' EXIT
"$build/bin/log_flood" "$directory"
