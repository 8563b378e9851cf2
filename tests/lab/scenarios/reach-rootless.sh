# An ordinary user's host with every way in which containers stand to each other. Nobody listens: the measuring does.
release=$(podman --version) release=${release##* } generation=${release%%.*}
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }
create() { podman network create "$@" > /dev/null; }

create front
create back
create -o isolate=true quiet
create -o isolate=true quiet2
create --internal vault
create --ipv6 --subnet 10.81.0.0/24 --subnet fd10:81::/64 dual

run --name web -p 8080:80 $image
run --name local -p 127.0.0.1:8081:80 $image
run --name one-address -p 198.51.100.2:8082:80 -p 203.0.113.2:8083:80 $image
run --name any-four -p 0.0.0.0:8084:80 $image
run --name any-six -p '[::]:8085:80' $image
if [ "$generation" -lt 6 ]; then
  run --name slirp --network slirp4netns -p 8090:80 $image
  run --name slirp-loop --network slirp4netns:allow_host_loopback=true $image
fi
if [ "$generation" -ge 5 ]; then
  run --name pasta --network pasta -p 8091:80 $image
  run --name pasta-gateway --network pasta:--map-gw $image
  run --name pasta-loop --network pasta:--map-host-loopback,10.9.9.9 $image
  run --name pasta-port --network pasta:-T,8081 $image
fi
run --name front1 --network front -p 8100:80 $image
run --name front2 --network front -p 127.0.0.1:8101:80 $image
run --name front3 --network front -p 198.51.100.2:8102:80 -p 203.0.113.2:8103:80 -p '[::]:8104:80' $image
run --name back1 --network back -p 8110:80 $image
run --name quiet1 --network quiet -p 8111:80 $image
run --name quiet2 --network quiet2 $image
run --name vault1 --network vault -p 8112:80 $image
run --name vault2 --network vault $image
run --name dual1 --network dual -p 8113:80 -p '[2001:db8:1::2]:8114:80' $image
run --name pivot --network front --network vault -p 8115:80 $image
run --name bridges --network front --network back -p 8116:80 $image
run --name default1 --network podman -p 8117:80 $image
run --name onhost --network host $image
run --name airgap --network none $image
run --name joiner --network container:front1 $image
podman pod create --name duo --network back -p 8118:80 > /dev/null
run --pod duo --name duo-a $image
run --pod duo --name duo-b $image
run --name stopped --network front -p 8119:80 $image
podman stop -t 0 stopped > /dev/null
