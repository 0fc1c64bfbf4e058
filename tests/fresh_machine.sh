#!/bin/bash
# Shows that ./run.sh and ./test.sh work on a fresh machine: installs a minimal Debian 12 in a folder, puts a clean clone
# of HEAD in it, runs ./run.sh until the demo answers and then ./test.sh, and prints how long each took.
#
#   sudo tests/fresh_machine.sh [--port 18080] [--sim-port 18090] [--folder DIR] [--only run|test]
#
# Needs root, debootstrap, git and curl. Uses the Debian mirror, the apt settings and the npm settings of this machine.
# It shares this machine's network, so choose free ports. Everything is in a new folder below DIR, which is removed at the
# end.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

port=18080 sim_port=18090 folder='' only=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --port) port=$2 ;;
    --sim-port) sim_port=$2 ;;
    --folder) folder=$2 ;;
    --only) only=$2 ;;
    *) sed -n '2,9s/^# \?//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
[[ $(id -u) -eq 0 ]] || { echo "This needs root, for chroot and mount." >&2; exit 2; }

say() { echo "### $*"; }

folder=$(mktemp -d "${folder:-/var/tmp}/guildhall-fresh-XXXXXX")
machine=$folder/debian

# Ends every process whose root is in the machine.
end_processes() {
  local signal process
  for signal in TERM KILL; do
    for process in /proc/[0-9]*; do
      [[ $(readlink "$process/root" 2>/dev/null) == "$machine" ]] && kill -"$signal" "${process#/proc/}" 2>/dev/null
    done
    sleep 1
  done
  return 0
}

# Runs a long command so that a signal to this script is handled at once.
child=''
attended() {
  "$@" &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=''
  return "$status"
}

clean_up() {
  trap '' INT TERM
  [[ -z $child ]] || kill -TERM "$child" 2>/dev/null
  end_processes
  local place
  for place in dev/shm dev/pts proc ''; do
    mountpoint -q "$machine/$place" && umount -l "$machine/$place"
  done
  # A mounted folder must not be emptied.
  if grep -q " $machine[/ ]" /proc/mounts; then
    echo "Something is still mounted below $machine, so it is not removed." >&2
  else
    rm -rf --one-file-system "$folder"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# The mirror of Debian's main archive that apt uses here.
mirror() {
  # shellcheck disable=SC2016  # apt's own variables.
  apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "bookworm" && $2 == "main" { print $3; exit }'
}

make_machine() {
  say "A minimal Debian 12"
  attended debootstrap --variant=minbase bookworm "$machine" "$(mirror)" >"$folder/debootstrap.log" ||
    { tail -n 20 "$folder/debootstrap.log"; exit 1; }
  # This machine's apt sources, keys and proxies, without its hooks.
  rm -f "$machine/etc/apt/sources.list"
  cp -a /etc/apt/. "$machine/etc/apt/"
  cp -an /usr/share/keyrings/. "$machine/usr/share/keyrings/"
  find "$machine/etc/apt/apt.conf.d" -type f -exec grep -qE '(Post|Pre)-Invoke' {} \; -delete
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  # The root must be a mount point, because scripts run in a root of their own, which replaces it (pivot_root).
  mount --bind "$machine" "$machine"
  mount -t proc proc "$machine/proc"
  mkdir -p "$machine/dev/shm" "$machine/dev/pts"
  mount -t tmpfs tmpfs "$machine/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$machine/dev/pts"
}

# npm in the machine must trust the same additional certificate authorities as this machine.
npm_settings() {
  local authorities=${NODE_EXTRA_CA_CERTS:-}
  if [[ -r $authorities ]]; then
    cp -L "$authorities" "$machine/etc/further-authorities.pem"
    echo NODE_EXTRA_CA_CERTS=/etc/further-authorities.pem npm_config_cafile=/etc/further-authorities.pem
  fi
  [[ -z ${npm_config_registry:-} ]] || echo "npm_config_registry=$npm_config_registry"
}

# Replaces a subshell by the command, in the clone.
become() {
  # shellcheck disable=SC2046  # One word a setting.
  exec chroot "$machine" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin $(npm_settings) \
    ${https_proxy:+https_proxy="$https_proxy"} ${http_proxy:+http_proxy="$http_proxy"} \
    PORT="$port" SIM_PORT="$sim_port" bash -c "cd /root/guildhall && exec $*"
}

# Starts the demo, waits until it answers, runs the example that it prints, and stops it. Reports the time until it answers.
try_run() {
  local title=$1 start=$SECONDS log=$folder/run.log waited status=0
  say "./run.sh, $title"
  become ./run.sh >"$log" 2>&1 &
  child=$!
  until grep -q 'Ctrl-C stops both' "$log"; do
    kill -0 "$child" 2>/dev/null || { tail -n 40 "$log"; echo "./run.sh ended" >&2; exit 1; }
    sleep 0.2
  done
  waited=$((SECONDS - start))
  sleep 0.5  # The example is printed last.
  # The second time the command exists already, which the API reports.
  bash -c "$(sed -n '/^code=/,/^JSON$/p' "$log")" | tr -d '\n' | grep -Eq "Ada's Workshop.*(\"trigger\":\"poll\"|/trigger)" ||
    { tail -n 40 "$log"; echo "The example that ./run.sh prints does not work" >&2; exit 1; }
  kill -TERM "$child"
  wait "$child" || status=$?
  [[ $status -eq 0 ]] || { tail -n 40 "$log"; echo "./run.sh ended with status $status" >&2; exit 1; }
  report+=("run.sh, $title: $waited s until the demo answers")
}

try_test() {
  local title=$1 start=$SECONDS log=$folder/test.log
  say "./test.sh, $title"
  attended become ./test.sh >"$log" 2>&1 || { tail -n 200 "$log"; echo "./test.sh failed" >&2; exit 1; }
  report+=("test.sh, $title: $((SECONDS - start)) s, $(tail -n 1 "$log")")
}

main() {
  make_machine
  git clone -q "file://$root" "$machine/root/guildhall"
  local report=()
  if [[ $only != test ]]; then
    try_run "nothing installed"
    try_run "second time"
  fi
  if [[ $only != run ]]; then
    try_test "nothing built"
    try_test "second time"
  fi
  say "On a fresh machine with $(nproc) cores"
  printf '%s\n' "${report[@]}"
}

main
