#!/bin/bash
# build.sh <preset> [<group of packages.txt>...]: installs what is missing, fetches npm packages, compiles.
# build.sh --packages-only [<group>...]: installs only.
# build.sh --npm <folder>...: fetches the npm packages of these folders only, as the build does beside the compilers.
#
# Packages of group build are always installed if missing, other groups when named. Needs root, or sudo without a
# password. run.sh and test.sh call this first.
set -euo pipefail
cd "$(dirname "$0")"

say() { if [[ -t 1 ]]; then printf '\033[1m==> %s\033[0m\n' "$*"; else echo "==> $*"; fi; }

# The suite whose lines of packages.txt apply.
suite() { (. /etc/os-release && [[ ${VERSION_CODENAME:-} == bookworm ]] && echo bookworm || echo trixie); }

# Prints the packages of the given groups that are not installed and whose command does not exist.
missing_packages() {
  local group package command wanted names=()
  wanted=" $* $(printf "%s@$(suite) " "$@")"
  while read -r group package command; do
    [[ $group == *: && $wanted == *" ${group%:} "* ]] || continue
    [[ -n $command ]] && command -v "$command" >/dev/null && continue
    names+=("$package")
  done <packages.txt
  [[ ${#names[@]} -eq 0 ]] && return
  local installed
  # It prints an error for unknown packages, which count as not installed.
  installed=$({ dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${names[@]}" 2>/dev/null || true; } |
    sed -n 's/ installed$//p')
  printf '%s\n' "${names[@]}" | sort -u | grep -vxF "${installed:-no package}" || true
}

install_packages() {
  local names missing sudo=()
  names=$(missing_packages "$@")
  [[ -z $names ]] && return
  mapfile -t missing <<<"$names"
  if [[ $(id -u) -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      echo "These packages are missing, and sudo needs a password. Run as root:" >&2
      echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
    sudo=(sudo)
  fi
  say "Installing ${missing[*]}"
  local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
  "${apt[@]}" update
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# Runs npm ci in each folder whose lock file has changed since the last time.
install_npm() {
  local folder
  for folder in "$@"; do
    local stamp=$folder/node_modules/.installed-lock.json
    cmp -s "$folder/package-lock.json" "$stamp" && touch "$stamp" && continue
    say "Fetching the npm packages of $folder"
    npm ci --prefix "$folder" --no-audit --no-fund
    cp "$folder/package-lock.json" "$stamp"
  done
}

# jobs <preset>: the number of parallel compilers: one per core, as far as memory allows 1 GB for each, or 2 GB for the large
# batches of debug.
jobs() {
  local cores by_memory each=1
  [[ $1 == debug ]] && each=2
  cores=$(nproc)
  by_memory=$(awk -v each=$each '/^MemAvailable:/ { print int($2 / 1048576 / each) }' /proc/meminfo)
  [[ $by_memory -lt 1 ]] && by_memory=1
  echo $((cores < by_memory ? cores : by_memory))
}

compile() {
  local preset=$1 folder=build/$1
  if [[ ! -f $folder/build.ninja || CMakePresets.json -nt $folder/build.ninja ]]; then
    say "Configuring $folder"
    cmake --preset "$preset" --log-level=WARNING
  fi
  say "Building $folder"
  ninja -C "$folder" -j "$(jobs "$preset")"
}

preset=${1:?"the preset to build: release, dev, debug, tsan or fuzz"}
shift
[[ $preset == --npm ]] && { install_npm "$@"; exit; }
install_packages build "$@"
[[ $preset == --packages-only ]] && exit
[[ " $* " == *" test "* ]] && install_npm tests tests/sequelize tests/libraries
compile "$preset"
