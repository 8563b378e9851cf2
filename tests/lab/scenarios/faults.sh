# A few containers of which something is found, and a list that is too long for the buffers of a socket.
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }

podman network create frontend > /dev/null
podman network create party > /dev/null
run --name web --network frontend -p 8080:80 $image
run --name api --network frontend --cap-add NET_ADMIN $image
run --name everywhere --network host $image
filler=$(head -c 100000 /dev/zero | tr '\0' x)
for number in 1 2 3 4 5; do podman create --pull=never --name "wide$number" --label "filler=$filler" $image > /dev/null; done
