#!/bin/bash
# become-host.sh ROOT RUN NAME
# Turns into a machine of its own that lives for as long as its standard input stays open; only empty cgroups called NAME
# are left behind. ROOT is not written to. RUN, a folder of this machine, is /run in there: sockets made in it can be
# dialled from outside.
set -euo pipefail
root=$1 run=$2 name=$3

# Lines of "number:controllers:path"; v2 is the one without controllers.
hierarchies() {
  while IFS=: read -r _ controllers path; do
    if [ -n "$controllers" ]; then folder=/sys/fs/cgroup/${controllers#name=}
    elif [ -d /sys/fs/cgroup/unified ]; then folder=/sys/fs/cgroup/unified
    else folder=/sys/fs/cgroup; fi
    [ ! -e "$folder/cgroup.procs" ] || echo "$folder $path $controllers"
  done < /proc/self/cgroup
}

if [ "${4:-}" != inside ]; then
  # A cgroup of its own in every hierarchy, so that Podman makes its cgroups in there and not all over this machine.
  # On v2 its root may have no members, else Podman cannot hand controllers down: all stand in its child `init`.
  members=/dev/null
  while read -r folder path _; do
    own=$folder${path%/}/$name
    mkdir "$own"
    for file in cpuset.cpus cpuset.mems; do # v1's new ones are empty, and allow nothing
      [ ! -e "$own/cpuset.sched_load_balance" ] || cat "$folder$path/$file" > "$own/$file"
    done
    echo 0 > "$own/cgroup.procs"
    case $folder in */cgroup | */unified) mkdir "$own/init" && members=$own/init/cgroup.procs ;; esac
  done < <(hierarchies)
  exec unshare --cgroup bash -c 'echo 0 > "$1"; shift; exec "$@"' - "$members" \
    unshare --mount --uts --ipc --net --pid --fork --kill-child "$0" "$root" "$run" "$name" inside
fi

mount --make-rprivate /
# One pure cgroup layout, as crun refuses the hybrid one: v2. Only the crun of Podman 4 needs the right to raise the memlock
# limit there, which containers do not have: v1 for that, where there is one. Mounted anew, its own cgroup is the root.
if [ -e /sys/fs/cgroup/unified ] && [[ $(cat "$root/lab/version") == 4.* ]]; then
  while read -r folder _ controllers; do
    umount "$folder"
    case $controllers in
      '') ;;
      name=*) mount -t cgroup -o "none,$controllers" cgroup "$folder" ;;
      *) mount -t cgroup -o "$controllers" cgroup "$folder" ;;
    esac
  done < <(hierarchies)
else
  umount -R /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi

# The tree of the machine: ROOT below, and all changes in memory.
tree=$run/tree
mkdir -p "$tree"
mount -t tmpfs tmpfs "$tree"
mkdir "$tree"/{upper,work,root}
mount -t overlay -o "lowerdir=$root,upperdir=$tree/upper,workdir=$tree/work" overlay "$tree/root"
cd "$tree/root"
mount --rbind /sys sys
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 tmpfs dev/shm # Podman keeps its locks there: shared, they run out for all hosts together
mount -t tmpfs tmpfs dev/net # rootless pasta opens the tun device as the user
mknod -m 666 dev/net/tun c 10 200
mount -t proc proc proc
mount --bind "$run" run
mount -t tmpfs tmpfs tmp
chmod 1777 tmp
mount -t tmpfs tmpfs var/lib/containers # Podman's own overlays cannot lie on an overlay
mount -t tmpfs tmpfs home
install -d -o 1000 -g 1000 home/dev
pivot_root . oldroot # Podman refuses to run in a chroot
umount -l /oldroot
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

hostname "$name"
echo "127.0.0.1 localhost $name" > /etc/hosts
# The limits are what a machine without CAP_SYS_RESOURCE may set; there is no systemd and no journal.
cat > /etc/containers/containers.conf <<'CONF'
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
pids_limit = 0
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
# What is started from outside joins this machine's cgroups through here.
cat > /lab/join <<'JOIN'
#!/bin/bash
if [ -e /sys/fs/cgroup/cgroup.procs ]; then members=(/sys/fs/cgroup/init/cgroup.procs); else members=(/sys/fs/cgroup/*/cgroup.procs); fi
for file in "${members[@]}"; do echo 0 > "$file"; done
exec "$@"
JOIN
chmod 755 /lab/join

ip link set lo up
mkdir -p /run/podman /run/netns /run/lab
install -d -o 1000 -g 1000 -m 700 /run/user/1000 /run/user/1000/podman
echo ready
cat > /dev/null # until the caller closes its end, or dies
# What is frozen on cgroup v1 (a paused container) does not even die.
find /sys/fs/cgroup/freezer -mindepth 2 -name freezer.state -exec bash -c 'echo THAWED > "$1"' - {} \; 2> /dev/null || true
