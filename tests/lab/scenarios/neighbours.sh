# Behind each uplink a switch with two machines: a neighbour, and one that routes all container subnets through this host.
# Their network namespaces are near0 and routed0 behind eth0, near1 and routed1 behind eth1.
machine() { # NAME SWITCH ADDRESS...
  local name=$1 switch=$2 address
  shift 2
  ip netns add "$name"
  ip -n "$name" link set lo up
  ip -n "$switch" link add "$name" type veth peer name lan netns "$name"
  ip -n "$switch" link set "$name" master segment up
  ip -n "$name" link set lan up
  for address; do case $address in *:*) ip -n "$name" addr add "$address" dev lan nodad ;; *) ip -n "$name" addr add "$address" dev lan ;; esac; done
}
segment() { # NUMBER: what is plugged into ethNUMBER
  ip netns add "switch$1"
  ip -n "switch$1" link add segment type bridge
  ip -n "switch$1" link set segment up
  ip link set "uplink$1" netns "switch$1"
  ip -n "switch$1" link set "uplink$1" master segment up
}
segment 0
machine near0 switch0 198.51.100.1/24 2001:db8:1::1/64
machine routed0 switch0 198.51.100.9/24 2001:db8:1::9/64
ip -n routed0 route add 10.0.0.0/8 via 198.51.100.2
ip -n routed0 route add fd00::/8 via 2001:db8:1::2
segment 1
machine near1 switch1 203.0.113.1/24
machine routed1 switch1 203.0.113.9/24
ip -n routed1 route add 10.0.0.0/8 via 203.0.113.2
