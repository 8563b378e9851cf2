#!/bin/bash
# make-root.sh SUITE CACHE: a Debian root with a real Podman in it, at CACHE/SUITE.
#   bookworm = Podman 4.3.1 · trixie = 5.4.2 · sid = 5.8.x · experimental = 6.1.x with netavark 2.0
# Built in CACHE/SUITE.partial, where an interrupted build goes on later, and renamed when its Podman answers.
# Prints the Podman version. Exit 0: ready · 75: the mirror cannot serve it (the last line says why) · other: broken.
set -euo pipefail
# Mounts of its own: an interrupted build leaves none behind.
[ "${3:-}" = unshared ] || exec unshare -m "$0" "$1" "$2" unshared
suite=$1 cache=$2
recipe=1
root=$cache/$suite partial=$cache/$suite.partial

# iproute2 and procps are there for the tests, which ask this machine's own tools what is true.
packages=(podman netavark aardvark-dns crun nftables iptables iproute2 slirp4netns passt busybox-static fuse-overlayfs
  uidmap catatonit python3 procps)

verified() { # ROOT: prints the version of its Podman; fails when anything the lab needs is not there
  [ -x "$1/lab/image/bin/sleep" ] && [ -d "$1/oldroot" ] && grep -q ^dev: "$1/etc/passwd" && grep -q ^dev: "$1/etc/subuid" || return 1
  for package in "${packages[@]}"; do
    [ "$(chroot "$1" dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || return 1
  done
  mount --bind /proc "$1/proc"
  chroot "$1" podman --version 2> /dev/null | sed -n 's/^podman version //p' | grep . && umount "$1/proc"
}

if [ "$(cat "$root/lab/recipe" 2> /dev/null)" = "$recipe" ]; then cat "$root/lab/version"; exit; fi
mkdir -p "$cache"
exec 9> "$cache/$suite.lock"
flock 9 # another run builds the same root: wait for it

stamp() { # ROOT
  verified "$1" > "$1/lab/version.new" || return 1
  mv "$1/lab/version.new" "$1/lab/version"
  echo "$recipe" > "$1/lab/recipe"
}
if [ "$(cat "$root/lab/recipe" 2> /dev/null)" = "$recipe" ] || { [ -d "$root/lab" ] && stamp "$root"; }; then
  cat "$root/lab/version"; exit
fi

mirror=${PODWIRE_LAB_MIRROR:-$(grep -hoE 'https?://[^ ]*/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null | head -1 || true)}
mirror=${mirror% } mirror=${mirror:-http://deb.debian.org/debian}
log=$cache/$suite.log
: > "$log"
unserved() { tail -n 5 "$log" >&2; echo "the mirror $mirror cannot serve $suite: $1" >&2; exit 75; }
inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$partial" "$@" >> "$log" 2>&1 9>&-; }

if [ ! -e "$partial/.base" ]; then
  rm -rf "$partial"
  mkdir -p "$partial"
  base=$suite
  [ "$suite" = experimental ] && base=sid
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  debootstrap --variant=minbase ${keyring:+--keyring="$keyring"} "$base" "$partial" "$mirror" >> "$log" 2>&1 9>&- ||
    unserved 'debootstrap failed'
  touch "$partial/.base"
fi

# This machine may reach the mirror through a proxy only, or take one that is older than it says it may be.
grep -lsi '^ *acquire' /etc/apt/apt.conf.d/* | xargs -r cp -t "$partial/etc/apt/apt.conf.d/" || true
cp /etc/resolv.conf "$partial/etc/resolv.conf"
mount --bind /proc "$partial/proc"

[ "$suite" = experimental ] && echo "deb $mirror experimental main" > "$partial/etc/apt/sources.list.d/experimental.list"
inside dpkg --configure -a
inside apt-get update || unserved 'apt-get update failed'
inside apt-get install -y --no-install-recommends "${packages[@]}" || unserved 'apt-get install failed'
if [ "$suite" = experimental ]; then
  inside apt-get install -y --no-install-recommends -t experimental podman netavark || unserved 'it has no Podman 6 any more'
fi
inside apt-get clean

rm -f "$partial"/etc/cni/net.d/*.conflist # else Podman 4.3 takes CNI for its network backend
grep -q ^dev: "$partial/etc/passwd" || inside useradd -m -u 1000 -s /bin/bash dev
for file in subuid subgid; do
  grep -q ^dev: "$partial/etc/$file" || echo dev:100000:65536 >> "$partial/etc/$file"
done
mkdir -p "$partial/oldroot" "$partial/var/lib/containers" "$partial/etc/containers/networks" "$partial/lab/image/bin"
cp "$partial/bin/busybox" "$partial/lab/image/bin/"
for applet in sh sleep httpd nc ip cat ls; do ln -sf busybox "$partial/lab/image/bin/$applet"; done

umount "$partial/proc"
stamp "$partial" || { echo "$suite: what was installed does not run; see $log" >&2; exit 1; }
rm -rf "$root"
mv "$partial" "$root"
cat "$root/lab/version"
