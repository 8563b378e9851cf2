# The machine's cables: eth0 and eth1, each with its far end (uplink0, uplink1) in here until a test takes it elsewhere.
link() { # NUMBER ADDRESS...
  ip link add "eth$1" type veth peer name "uplink$1"
  ip link set "eth$1" up
  ip link set "uplink$1" up
  local eth=eth$1 address
  shift
  for address; do case $address in *:*) ip addr add "$address" dev "$eth" nodad ;; *) ip addr add "$address" dev "$eth" ;; esac; done
}
link 0 198.51.100.2/24 2001:db8:1::2/64
ip route add default via 198.51.100.1
link 1 203.0.113.2/24
