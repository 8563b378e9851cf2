# A host of quadlets without systemd: the files of tests/recordings/podman-6.1.1-quadlet.json where this user's generator reads
# them, and what runs made by the commands that Podman's own generator writes into the services.
user=() dir=/etc/containers/systemd runtime=/run
[ "$(id -u)" = 0 ] || { user=(-user) dir=$HOME/.config/containers/systemd runtime=$XDG_RUNTIME_DIR; }
mkdir -p "$dir" && cd "$dir"
file() { cat > "$1"; }
container() { { printf '[Container]\nImage=localhost/busybox\nPull=never\n'; cat; } > "$1.container"; }

file app.network <<< $'[Network]\nSubnet=10.60.0.0/24\nOptions=isolate=strict'
file drift.network <<< $'[Network]\nSubnet=10.61.0.0/24'
container db <<< $'ContainerName=network-test-db\nNetwork=app.network'
container drifter <<< $'ContainerName=drifter\nNetwork=drift.network\nPublishPort=127.0.0.1:7000:70'
file duo.pod <<< $'[Pod]\nPublishPort=9090:90\nNetwork=app.network'
container duo-a <<< 'Pod=duo.pod'
container hostmode <<< $'ContainerName=network-test-host\nNetwork=host'
container private <<< $'ContainerName=network-test-private\nNetwork=private'
container web <<< $'Network=app.network\nPublishPort=8080:80'

services=$(/usr/libexec/podman/quadlet -dryrun "${user[@]}" 2> /dev/null)
start() { # SERVICE KEY: what the service says there
  local line
  line=$(awk -v service="---$1.service---" -v key="$2=" '/^---/ { here = $0 == service } here && index($0, key) == 1' <<< "$services")
  line=${line#*=} line=${line//%t/$runtime} line=${line//%N/$1} line=${line/ --cgroups=split/}
  PODMAN_SYSTEMD_UNIT=$1.service bash -c "$line" > /dev/null
}
for service in app-network drift-network; do start $service ExecStart; done
start duo-pod ExecStartPre
for service in duo-pod db drifter duo-a hostmode private web; do start $service ExecStart; done

[ "${LATER:-yes}" = yes ] || exit 0
# What came later: an edit that changes nothing, a file that Podman does not take, one that nobody started.
file drift.network <<< $'[Network]\nSubnet=10.62.0.0/24\nInternal=true'
file broken.container <<< $'[Container]\nNetwrok=host'
container stopped <<< $'Network=app.network\nPublishPort=0.0.0.0:5432:5432'
