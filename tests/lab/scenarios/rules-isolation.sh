# Bridges that meet or do not, by the generation of netavark; and an image that speaks for itself.
image=localhost/busybox
run() { podman run -d --pull=never "$@" > /dev/null; }

podman network create app > /dev/null
podman network create other > /dev/null
podman network create -o isolate=true apart > /dev/null
podman network create --internal inner > /dev/null
run --name web --network app $image
run --name db --network other $image
run --name quiet --network apart $image
run --name shut --network inner -p 8104:80 $image
mkdir /tmp/image # and not /var/tmp, which cannot hold an overlay here
printf 'FROM %s\nLABEL io.podwire.ignore/published-all-interfaces="by label"\n' $image > /tmp/image/Containerfile
TMPDIR=/tmp podman build -q --annotation 'io.podwire.ignore/published-all-interfaces=by annotation of the image' -t localhost/talker /tmp/image > /dev/null
run --name talker -p 8101:80 localhost/talker
run --name meant -p 8102:80 --annotation 'io.podwire.ignore/published-all-interfaces=by who runs it' localhost/talker
