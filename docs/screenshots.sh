#!/bin/bash
# Makes the dashboard's pictures in docs/pictures anew. GUILDHALL_BIN and DISCORD_SIM_BIN name the programs.
set -euo pipefail
cd "$(dirname "$0")/.."
exec node tests/screenshots.mjs docs/pictures
