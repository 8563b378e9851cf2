# Podman inside Podman: the container qm has the programs of this very root, storage of its own, and an engine of its own.
# Both levels have a network on 10.89.0.0/24, as Podman gives it to the first network that somebody makes.
tree=/var/lib/containers/qm
mkdir -p $tree/{usr,lab,proc,sys,dev,run,tmp,root,etc,var/lib/containers,var/tmp}
cp -a /etc/. $tree/etc/
for name in bin sbin lib lib64; do [ ! -e /$name ] || ln -sfn usr/$name $tree/$name; done
ln -sfn /run $tree/var/run

serve() { echo "echo $1 > /index.html; exec httpd -f -p ${2:-80} -h /"; }
podman network create -o isolate=strict --subnet 10.89.0.0/24 guarded > /dev/null
podman run -d --name qm --privileged -p 8080:80 -v /usr:/usr:ro -v /lab:/lab:ro --tmpfs /var/lib/containers --tmpfs /tmp \
  --tmpfs /run --rootfs $tree /bin/bash -c 'mkdir -p /run/podman /run/netns && cd /run/podman && ln -s /run/podman/real.sock podman.sock &&
    exec podman system service --time=0 unix:///run/podman/real.sock' > /dev/null
podman run -d --name peer localhost/busybox sh -c "$(serve peer)" > /dev/null
podman run -d --name far --network guarded localhost/busybox sh -c "$(serve far)" > /dev/null
podman exec -i qm bash -euo pipefail > /dev/null 2>&1 << INNER
podman network create --subnet 10.89.0.0/24 app
podman run -d --name inner-bridge --network app -p 8081:80 --rootfs /lab/image:O /bin/sh -c '$(serve inner-bridge)'
podman run -d --name inner-host --network host --rootfs /lab/image:O /bin/sh -c '$(serve inner-host)'
INNER
