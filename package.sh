#!/bin/bash
# Makes build/guildhall_<version>_<arch>.deb for the system that it runs on, and beside it guildhall-dbgsym, which has the
# line numbers for stack traces. `apt install ./build/guildhall_*.deb` installs it.
set -euo pipefail
cd "$(dirname "$0")"

./build.sh release package
rm -f build/release/guildhall*deb build/guildhall*deb
ninja -C build/release guildhall-manual discord-sim-manual
ninja -C build/release package
mv build/release/guildhall*deb build/
ls -l build/guildhall*deb
