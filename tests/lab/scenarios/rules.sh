# A rootful host that provokes as many rules as one host can; rules.test.ts says which container provokes what.
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }
create() { podman network create "$@" > /dev/null; }

ip link add br9 type bridge
ip link set br9 up
create app
create other
create --internal inner
create -o isolate=true apart
create -d macvlan -o parent=eth0 --subnet 198.51.100.0/24 lan # no --ip-range: the first free address is the host's own
create -d macvlan --subnet 192.0.2.0/24 lannoparent
create -d macvlan --internal -o parent=eth1 --subnet 203.0.113.0/24 --ip-range 203.0.113.128/26 lanint
create -o mode=unmanaged --interface-name br9 --subnet 10.77.0.0/24 unman
create --subnet 10.78.0.0/24 --route 10.1.0.0/24,10.78.0.10 routed
create --ipv6 --subnet 2001:db8:77::/64 glob
# Internal, and with IPv6 like glob: the kernel forwards between the two.
create --internal --ipv6 sealed

# Publishing
run --name dind --network app -p 2375:2375 $image
run --name mail -p 198.51.100.2:25:25 $image
run --name git -p 2222:22 $image
run --name redis -p 6379:6379 $image
run --name resolver -p 5353:53/udp $image
mkdir /tmp/image
printf 'FROM %s\nEXPOSE 80\n' $image > /tmp/image/Containerfile
podman build -q -t localhost/exposed /tmp/image > /dev/null
run --name allports -P localhost/exposed
run --name wide -p 20000-20030:20000-20030/udp $image
run --name low -p 443:443 $image
run --name blue -p 8101:80 $image sh -c 'httpd -f -p 80 -h /'
podman create --name green -p 8101:80 --pull=never $image > /dev/null
run --name back --restart always -p 8102:80 $image
podman stop -t 0 back > /dev/null
run --name un --network unman -p 8104:80 $image

# Namespaces and modes
run --name agent --network host --cap-add NET_ADMIN $image
run --name hostdb --network host $image sh -c 'httpd -f -p 0.0.0.0:5432 -h /'
run --name sidecar --network container:blue $image
ip netns add blue
run --name nspath --network ns:/run/netns/blue $image
run --name pidhost --pid host $image
run --name ipchost --ipc host $image
run --name gateway --network slirp4netns:allow_host_loopback=true $image
run --name alias --network app --add-host host.docker.internal:host-gateway --add-host db:10.9.9.9 $image

# Networks
run --name pivot --network inner,app -p 8103:80 $image
run --name homes --network app,other --cap-add NET_ADMIN $image
run --name quiet --network apart $image
run --name thief --network lan --ip 198.51.100.2 $image
run --name lannp --network lannoparent $image
run --name lani --network lanint $image
run --name rt --network routed $image
run --name gl --network glob $image
run --name seal --network sealed $image
run --name twin1 --network other --ip 10.89.1.200 $image
# A driver of a plugin that is not there any more.
sed 's/"driver": "bridge"/"driver": "exotic"/; s/"name": "other"/"name": "plugged"/; s/"id": "[0-9a-f]\{8\}/"id": "deadbeef/' \
  /etc/containers/networks/other.json > /etc/containers/networks/plugged.json

# Powers
run --name proxysock --network app -p 8099:80 -v /run/podman/podman.sock:/s.sock:ro $image
run --name privweb --network app -p 8100:80 --privileged $image
podman pod create --name shop -p 8105:80 --network app > /dev/null
run --pod shop --name shop-a --privileged $image
run --name builder --network other --privileged $image
run --name sysadm --cap-add SYS_ADMIN $image
run --name raw --cap-add NET_RAW $image
run --name tun --device /dev/net/tun $image
run --name etc -v /etc:/host/etc $image
run --name rootro -v /:/host:ro $image
podman volume create -o type=none -o o=bind -o device=/run/podman hidden > /dev/null
run --name vol -v hidden:/sock $image
run --name netconf -v /etc/containers:/c $image
run --name unconf --security-opt label=disable --security-opt seccomp=unconfined --security-opt unmask=all $image
run --name shared -v /mnt:/m:rshared $image
