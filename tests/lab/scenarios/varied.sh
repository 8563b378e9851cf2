# A rootful host with something of everything. Prefixed with set -euo pipefail: whatever is not allowed to fail must work.
release=$(podman --version) release=${release##* } generation=${release%%.*}
image=localhost/busybox
canary=${CANARY:-podwire-canary}
run() { podman run -d --pull=never "$@" > /dev/null; }
create() { podman network create "$@" > /dev/null; }

create -o mtu=1400 frontend
create --internal --ipv6 --subnet 10.90.0.0/24 --subnet fd10:90::/64 backend
create -o isolate=true isolated
[ "$generation" -lt 5 ] || create -o isolate=strict strictnet
create --disable-dns nodns
create -o vlan=50 tagged
create --subnet 10.91.0.0/24 --ip-range 10.91.0.128/25 --label "com.example.token=$canary-network-label" spare
create -d macvlan -o parent=eth0 --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.128/26 lan
create -d macvlan -o parent=eth1 -o mode=private --subnet 203.0.113.0/24 --ip-range 203.0.113.128/26 lan-private
create constructor # a property of every JavaScript object, and a valid name

run --name node-exporter --network host $image sh -c 'httpd -f -p 0.0.0.0:9100 -h /'
run --name host-local --network host $image sh -c 'httpd -f -p 127.0.0.1:9101 -h /'
run --name legacy -p 127.0.0.1:18080:80 $image sh -c 'httpd -f -p 80 -h /'
run --name legacy2 $image
run --name proxy --network frontend,backend --network-alias edge -p 8080:80 -p 8443:443 -p 5353:53/udp $image sh -c 'httpd -f -p 80 -h /'
run --name web1 --network frontend --network-alias web $image sh -c 'httpd -f -p 80 -h /'
run --name web2 --network frontend --network-alias web -p 7000-7010:7000-7010 $image
run --name api --network frontend -p 198.51.100.2:8500:80 -p 8501:80 -p '[::1]:8502:80' $image
run --name db --network backend -p 5432:5432 $image
run --name three --network frontend,isolated,nodns $image
run --name iso1 --network isolated -p 8600:80 $image
[ "$generation" -lt 5 ] || run --name strict1 --network strictnet $image
# Bridges of this kernel may know no VLANs: then it stays as created, and is a member all the same.
run --name tagged1 --network tagged $image 2> /dev/null || podman inspect tagged1 > /dev/null
run --name constructor --network constructor $image
run --name printer --network lan $image
run --name printer2 --network lan --ip 198.51.100.150 --mac-address 02:00:00:00:00:50 $image
run --name macpriv --network lan-private $image
run --name airgap --network none $image
run --name sidecar --network container:proxy $image
run --name chain-x --network nodns -p 8700:80 $image
run --name chain-y --network container:chain-x $image
run --name chain-z --network container:chain-y $image
ip netns add handmade
ip -n handmade link set lo up
run --name bypath --network ns:/run/netns/handmade $image
if [ "$generation" -lt 6 ]; then
  run --name slirp1 --network slirp4netns -p 8090:80 $image
  run --name slirp2 --network slirp4netns:allow_host_loopback=true $image
fi
run --name priv1 --network private --privileged $image
run --name sockeater --network frontend -v /run/podman/podman.sock:/var/run/docker.sock $image
run --name netadmin --network frontend --cap-add NET_ADMIN --cap-add NET_RAW $image
run --name stopped1 --network frontend -p 8899:99 $image
podman stop -t 0 stopped1 > /dev/null
run --name stopped-joiner --network container:web1 $image
podman stop -t 0 stopped-joiner > /dev/null
podman create --name created1 --network backend --pull=never $image > /dev/null
run --name paused1 --network frontend $image
podman pause paused1 > /dev/null

podman pod create --name shop --network frontend -p 9090:90 > /dev/null
run --pod shop --name shop-web $image
run --pod shop --name shop-cache $image
podman pod create --name hostpod --network host > /dev/null
run --pod hostpod --name hostpod-a $image
podman pod create --name apart --share ipc,uts > /dev/null # members with networks of their own
run --pod apart --name apart-a --network frontend $image
run --pod apart --name apart-b --network isolated -p 9191:91 $image
podman pod create --name empty > /dev/null

# What must never leave the server.
echo -n "$canary-secret" | podman secret create token - > /dev/null
run --name canary --network nodns -e "TOKEN=$canary-env" -l "com.example.token=$canary-label" --annotation "com.example.token=$canary-annotation" \
  --secret token --secret token,type=env,target=SECRET_TOKEN --health-cmd "echo $canary-health; exit 1" --health-interval=disable \
  $image sh -c "sleep infinity; echo $canary-command"
podman healthcheck run canary > /dev/null || true # it is unhealthy, and its log quotes the command
