# An ordinary user's Podman: what is told of it alone, or otherwise than of root's; rules.test.ts says what of what.
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }

podman network create app > /dev/null
podman network create other > /dev/null
podman network create --internal vault > /dev/null
run --name api --network app -p 8083:80 $image sh -c 'httpd -f -p 80 -h /'
run --name worker --network other $image
run --name db --network vault -p 5432:5432 $image # on an internal network, and open all the same
run --name local -p 127.0.0.1:8084:80 $image
run --name mapgw --network pasta:--map-gw $image
run --name inhost --network host $image sh -c 'httpd -f -p 0.0.0.0:9100 -h /'
run --name builder --privileged $image
run --name sock -v /run/user/1000/podman/podman.sock:/s.sock $image
run --name etc -v /etc:/host/etc:ro $image
run --name both --network app,vault $image
# Podman's own words, and a fault in them.
run --name meant -p 8085:80 --annotation 'io.podwire.ignore/published-all-interfaces=the wall display; until=2099-12-31' $image
run --name unmeant -p 8086:80 --annotation 'io.podwire.ignore/published-all-interfaces=the wall display; until=2001-12-31' $image
# Its network's file is gone: Podman cannot say any more what it is on.
podman network create doomed > /dev/null
run --name ghost --network doomed $image
rm "$(podman info --format '{{.Store.GraphRoot}}')/networks/doomed.json"
