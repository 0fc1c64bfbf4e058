# shellcheck shell=bash
# For scripts that try things on a fresh machine: a minimal Debian in a new folder. Sourced by fresh_machine.sh and
# package.sh. Needs root and debootstrap. It shares this machine's network, its Debian mirror and npm settings.
# Everything is removed when the script ends.
#
#   make_machine <suite> [<folder to make it below>]   sets $folder (for logs) and $machine (the root)
#   become <command>                                   replaces a subshell by the command in the machine
#   attended <command>                                 runs a long command so that a signal to the script is handled
[[ $(id -u) -eq 0 ]] || { echo "This needs root, for chroot and mount." >&2; exit 2; }

folder='' machine='' child=''

say() { echo "### $*"; }

# Ends every process whose root is the machine.
end_processes() {
  local signal process place
  place=$(stat -c %d:%i "$machine")
  for signal in TERM KILL; do
    for process in /proc/[0-9]*; do
      [[ $(stat -Lc %d:%i "$process/root" 2>/dev/null) == "$place" ]] && kill -"$signal" "${process#/proc/}" 2>/dev/null
    done
    sleep 1
  done
  return 0
}

attended() {
  "$@" &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=''
  return "$status"
}

remove_machine() {
  [[ -n $machine ]] || return 0
  end_processes
  local place
  for place in dev/shm dev/pts proc ''; do
    mountpoint -q "$machine/$place" && umount -l "$machine/$place"
  done
  # A mounted folder must not be emptied.
  if grep -q " ${machine}[/ ]" /proc/mounts; then
    echo "Something is still mounted below $machine, so it is not removed." >&2
  else
    rm -rf --one-file-system "$folder"
  fi
  machine=''
}

clean_up() {
  trap '' INT TERM
  [[ -z $child ]] || kill -TERM "$child" 2>/dev/null
  remove_machine
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# archive [-security]: the mirror of a Debian archive that apt uses here.
archive() {
  # shellcheck disable=SC2016  # apt's own variables.
  apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v suite="$(. /etc/os-release && echo "$VERSION_CODENAME")$1" '$1 == suite && $2 == "main" { print $3; exit }'
}

make_machine() {
  local suite=$1 debian security
  debian=$(archive '') security=$(archive -security)
  folder=$(mktemp -d "${2:-/var/tmp}/guildhall-fresh-XXXXXX")
  machine=$folder/debian
  say "A minimal Debian: $suite"
  attended debootstrap --variant=minbase "$suite" "$machine" "$debian" >"$folder/debootstrap.log" ||
    { tail -n 20 "$folder/debootstrap.log"; exit 1; }
  cat >"$machine/etc/apt/sources.list" <<END
deb $debian $suite main
deb $debian $suite-updates main
deb $security $suite-security main
END
  # This machine's apt settings, such as proxies, without its hooks and other archives.
  cp -an /etc/apt/apt.conf.d/. "$machine/etc/apt/apt.conf.d/"
  find "$machine/etc/apt/apt.conf.d" -type f -exec grep -qE '(Post|Pre)-Invoke' {} \; -delete
  # Nobody needs this machine after a power cut.
  echo force-unsafe-io >"$machine/etc/dpkg/dpkg.cfg.d/unsafe-io"
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  # The root must be a mount point, because `become` calls pivot_root.
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

# Runs in the project's clone if there is one. It uses a mount namespace, because in a chroot the kernel refuses user
# namespaces, which the scripts of an unprivileged guildhall need.
become() {
  # shellcheck disable=SC2016,SC2046  # The other shell expands; one word a setting.
  exec unshare --mount --propagation private \
    sh -c 'cd "$0" && pivot_root . . && umount -l . && cd / && exec env -i "$@"' "$machine" \
    HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
    $(npm_settings) ${https_proxy:+https_proxy="$https_proxy"} ${http_proxy:+http_proxy="$http_proxy"} \
    PORT="${port:-8080}" SIM_PORT="${sim_port:-8090}" bash -c "cd /root/guildhall 2>/dev/null || cd /root; $*"
}
