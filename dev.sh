#!/bin/bash
# dev.sh <folder> [<option of GoogleTest>...]: for work on src/<folder> (or sim): builds what has changed, without
# sanitizers, in build/dev, and runs the folder's unit tests.
#
#   ./dev.sh net
#   ./dev.sh net --gtest_filter='Router.*'
set -euo pipefail
cd "$(dirname "$0")"

folder=${1:?"the folder whose tests to run, as in: ./dev.sh net"}
shift
[[ -f build/dev/build.ninja ]] || cmake --preset dev --log-level=WARNING
ninja -C build/dev --quiet "${folder}_test"
node tests/lint/layers.mjs
exec "build/dev/tests/${folder}_test" --gtest_brief=1 "$@"
