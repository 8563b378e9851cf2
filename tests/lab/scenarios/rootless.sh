# An ordinary user's Podman: user-mode uplinks, and bridges in a namespace of the user's own.
release=$(podman --version) release=${release##* } generation=${release%%.*}
image=localhost/busybox
canary=${CANARY:-podwire-canary}
run() { podman run -d --pull=never "$@" > /dev/null; }

podman network create app > /dev/null
podman network create --internal vault > /dev/null
podman network create -o isolate=true quiet > /dev/null
run --name web -p 8081:80 $image sh -c 'httpd -f -p 80 -h /'
run --name local -p 127.0.0.1:8084:80 $image
[ "$generation" -ge 6 ] || run --name slirp --network slirp4netns -p 8082:80 $image
[ "$generation" -lt 5 ] || run --name mapgw --network pasta:--map-gw $image
run --name api --network app -p 8083:80 $image sh -c 'httpd -f -p 80 -h /'
run --name worker --network app $image
run --name both --network app,vault $image
run --name secretdb --network vault -p 8086:80 $image
run --name onpodman --network podman $image
run --name hostmode --network host $image sh -c 'httpd -f -p 0.0.0.0:9100 -h /'
run --name airgap --network none $image
run --name sidecar --network container:api $image
run --name stopped1 --network app -p 8899:99 $image
podman stop -t 0 stopped1 > /dev/null
podman create --name lowport -p 80:80 --pull=never $image > /dev/null # below 1024, it cannot start
podman pod create --name duo --network app -p 8085:80 > /dev/null
run --pod duo --name duo-a $image
run --pod duo --name duo-b $image
run --name canary --network quiet -e "TOKEN=$canary-env" -l "com.example.token=$canary-label" $image sh -c "sleep infinity; echo $canary-command"
