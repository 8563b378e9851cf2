#!/bin/bash
# What podman-5.4.2-exposed.json was recorded from: a rootful host that provokes as many rules as one host can.
# Inside a private network and mount namespace, with an image localhost/busybox that sleeps.
set -u
run() { podman run -d --pull=never "$@" localhost/busybox; }
ip link set lo up
ip link add eth0 type veth peer name uplink0; ip link set uplink0 up; ip link set eth0 up
ip addr add 198.51.100.2/24 dev eth0; ip route add default via 198.51.100.1
ip link add br9 type bridge; ip link set br9 up
podman network create app
podman network create other
podman network create --internal inner
podman network create -d macvlan -o parent=eth0 --subnet 198.51.100.0/24 lan # no --ip-range: the first address is the host's
podman network create -d macvlan --subnet 192.0.2.0/24 lannoparent
podman network create -d macvlan --internal -o parent=eth0 --subnet 203.0.113.0/24 lanint
podman network create -o mode=unmanaged --interface-name br9 --subnet 10.77.0.0/24 unman
podman network create --subnet 10.78.0.0/24 --route 10.1.0.0/24,10.78.0.10 routed
podman network create --ipv6 --subnet 2001:db8:77::/64 glob
# Publishing
run --name dind --network app -p 2375:2375
run --name proxysock --network app -p 8099:80 -v /run/podman/podman.sock:/s.sock:ro
run --name privweb --network app -p 8100:80 --privileged
run --name mail -p 198.51.100.2:25:25
run --name git -p 2222:22
run --name redis -p 6379:6379
printf 'FROM localhost/busybox\nEXPOSE 80\n' > /tmp/Cf; podman build -q -t exposed -f /tmp/Cf /tmp
podman run -d --pull=never --name allports -P localhost/exposed
run --name wide -p 20000-20030:20000-20030/udp
run --name low -p 443:443
run --name blue -p 8101:80
podman create --name green -p 8101:80 --pull=never localhost/busybox
run --name back --restart always -p 8102:80; podman stop -t0 back
podman pod create --name ppod -p 8105:80 --network app
run --pod ppod --name ppod-a --privileged
# Namespaces
run --name agent --network host --cap-add NET_ADMIN
podman run -d --pull=never --name hostdb --network host localhost/busybox sh -c 'httpd -f -p 0.0.0.0:5432 -h /'
ip netns add blue
run --name nspath --network ns:/run/netns/blue
run --name nsinit --network ns:/proc/1/ns/net
run --name pidhost --pid host
run --name ipchost --ipc host
run --name alias --network app --add-host host.docker.internal:host-gateway --add-host db:10.9.9.9
# Networks
run --name pivot --network inner,app -p 8103:80
run --name homes --network app,other --cap-add NET_ADMIN
run --name thief --network lan
run --name lannp --network lannoparent
run --name lani --network lanint
run --name un --network unman -p 8104:80
run --name rt --network routed
run --name gl --network glob
# Privilege
run --name sysadm --cap-add SYS_ADMIN
run --name tun --device /dev/net/tun
run --name etc -v /etc:/host/etc
run --name rootro -v /:/host:ro
podman volume create -o type=none -o o=bind -o device=/run/podman hidden
run --name vol -v hidden:/sock
run --name netconf -v /etc/containers:/c
run --name unconf --security-opt label=disable --security-opt seccomp=unconfined --security-opt unmask=all
run --name shared -v /mnt:/m:rshared
