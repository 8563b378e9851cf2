# A rootful host with every way in which containers stand to each other. Nobody listens: the measuring does, as everybody.
release=$(podman --version) release=${release##* } generation=${release%%.*}
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }
create() { podman network create "$@" > /dev/null; }

create --ipv6 --subnet 10.80.0.0/24 --subnet fd10:80::/64 front
create back
create -o isolate=true quiet
create -o isolate=true quiet2
create --ipv6 --internal --subnet 10.90.0.0/24 --subnet fd10:90::/64 vault
create --internal vault2
create --disable-dns nodns
create -o mtu=1400 narrow
create -d macvlan -o parent=eth0 --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.128/26 lan
create -d macvlan -o parent=eth0 --subnet 10.77.0.0/24 lan-beside
create -d macvlan -o parent=eth1 -o mode=private --subnet 203.0.113.0/24 --ip-range 203.0.113.128/26 lan-private
ip link add eth2 type veth peer name uplink2
ip link set eth2 up
ip link set uplink2 up
create -d macvlan -o parent=eth2 -o mode=passthru --subnet 10.78.0.0/24 lan-alone
ip link add eth3 type veth peer name uplink3
ip link set eth3 up
ip link set uplink3 up
create -d macvlan -o parent=eth3 -o mode=vepa --subnet 10.79.0.0/24 lan-vepa

run --name front1 --network front -p 8080:80 $image
run --name front2 --network front -p 0.0.0.0:8081:80 -p '[::]:8082:80' -p 5353:53/udp $image
run --name front3 --network front -p 198.51.100.2:8083:80 -p 127.0.0.1:8084:80 -p '[::1]:8085:80' -p '[2001:db8:1::2]:8086:80' $image
run --name back1 --network back -p 10.80.0.1:8090:80 -p 203.0.113.2:8091:80 $image
run --name back2 --network back -p 7000-7003:7000-7003 $image
run --name quiet1 --network quiet -p 8100:80 $image
run --name quiet2 --network quiet2 $image
run --name vault1 --network vault -p 5432:5432 $image
run --name vault2 --network vault $image
run --name vaulted --network vault2 $image
run --name nodns1 --network nodns $image
run --name narrow1 --network narrow -p 8110:80 $image
run --name plain -p 8120:80 $image
run --name pivot --network front --network vault --network quiet -p 8130:80 $image
run --name bridge-and-vault --network back --network vault -p 8131:80 $image
run --name bridges --network nodns --network narrow -p 8132:80 $image
run --name only-vaults --network vault --network vault2 $image
run --name printer --network lan -p 8140:80 $image
run --name printer2 --network lan --ip 198.51.100.150 $image
run --name beside --network lan-beside $image
run --name lan-and-back --network lan --network back -p 8141:80 $image
run --name lan-and-vault --network lan --network vault $image
run --name secluded --network lan-private $image
run --name secluded2 --network lan-private $image
run --name alone --network lan-alone $image
run --name vepa1 --network lan-vepa $image
run --name vepa2 --network lan-vepa $image
run --name airgap --network none $image
run --name airgap-joiner --network container:airgap $image
run --name onhost --network host $image
run --name joiner --network container:front1 $image
run --name joiner2 --network container:joiner $image
podman pod create --name shop --network back -p 9090:90 > /dev/null
run --pod shop --name shop-web $image
run --pod shop --name shop-cache $image
podman pod create --name apart --share ipc,uts > /dev/null # members with networks of their own
run --pod apart --name apart-a --network front $image
run --name stopped --network front -p 8150:80 $image
podman stop -t 0 stopped > /dev/null

if [ "$generation" -ge 5 ]; then
  create -o isolate=strict guarded
  create -o isolate=false -o metric=50 free # its default route comes first
  create -o no_default_route=true noroute
  run --name guarded1 --network guarded -p 8160:80 $image
  run --name free1 --network free $image
  run --name noroute1 --network noroute -p 8161:80 $image
  run --name guarded-and-free --network guarded --network free -p 8162:80 $image
  # A bridge of the host's own, where Podman only plugs in.
  create -o mode=unmanaged --interface-name br-own --subnet 10.70.0.0/24 --gateway 10.70.0.1 own
  ip link add br-own type bridge
  ip addr add 10.70.0.1/24 dev br-own
  ip link set br-own up
  run --name own1 --network own -p 8170:80 $image
  run --name own2 --network own $image
  run --name own-and-front --network own --network front -p 8171:80 $image
fi
if [ "$generation" -lt 6 ]; then
  run --name slirp --network slirp4netns -p 8180:80 $image
  run --name slirp-loop --network slirp4netns:allow_host_loopback=true $image
fi
