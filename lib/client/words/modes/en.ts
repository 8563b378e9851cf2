/** What each network mode does, a claim a sentence. modes.test.ts names the packets or the test that show each of them. */
export const modes = {
  bridgeDefault: {
    name: 'Bridge: the default network',
    claims: {
      members:
        'The container has a network namespace and an address of its own; every port of every member is open to the others.',
      host: 'The host reaches it, and it reaches services of the host.',
      outside: 'From outside a published port leads in; else only a neighbour that routes by this host gets there.',
    },
  },
  bridge: {
    name: "Bridge: a user's network",
    claims: {
      members: 'Members of one network reach every port of each other, published or not.',
      others1: 'With netavark 1 members of other bridges reach them too, unless isolate says otherwise.',
      others2: 'With netavark 2 they do not.',
      several: 'Who is on several networks reaches the members of each.',
    },
  },
  internal: {
    name: 'Bridge: internal',
    claims: {
      closed: 'Members have no way to other bridges, and those of other bridges none to them.',
      exception: 'A bridge that was there before the host began to forward can be open all the same.',
      host: 'The host reaches them, and they reach services of the host.',
      published: 'For root a published port is only reserved: nobody answers.',
      rootless: 'Without root it works.',
    },
  },
  isolate: {
    name: 'Bridge: isolate',
    claims: {
      true: 'isolate=true closes a network to others that have it too.',
      half: 'With netavark 1 networks without it stay open to it.',
      strict: 'isolate=strict closes a network to every other bridge.',
      host: 'Neither keeps members from services of the host, nor a neighbour that routes by this host from the members.',
    },
  },
  host: {
    name: 'Host',
    claims: {
      shares: 'The container is in the network namespace of the host: its interfaces, addresses and localhost.',
      open: 'What it listens on at every address is open to neighbours, without a published port.',
      reaches: 'It reaches what the host reaches: members of every bridge, and ports that are bound to 127.0.0.1.',
      published: 'Podman publishes nothing for it.',
    },
  },
  none: {
    name: 'None',
    claims: {
      nothing:
        'The container has its own loopback and nothing else: it reaches nobody, the host neither, and nobody reaches it.',
      published: 'Podman publishes nothing for it.',
    },
  },
  private: {
    name: 'Private',
    claims: {
      root: 'A word for the default: for root it is the default network, without root an uplink of the container alone, pasta from Podman 5 on.',
      unlikeHost:
        'Unlike host, it does not open what listens inside to neighbours, nor the localhost of the host to the container.',
    },
  },
  macvlan: {
    name: 'Macvlan',
    claims: {
      segment:
        'The container is a machine of its own on the segment of the parent interface: neighbours reach every port.',
      host: 'Its own host does not reach it, nor does it reach the host.',
      members: 'Members reach each other in mode bridge.',
      private: 'In mode private they do not.',
      published: 'Published ports forward nothing.',
    },
  },
  ipvlan: {
    name: 'Ipvlan',
    claims: {
      members: 'Members on one parent reach each other in mode l2.',
      host: 'Its own host does not reach them, nor do they reach the host.',
      published: 'Published ports forward nothing.',
    },
  },
  container: {
    name: 'Container: the namespace of another',
    claims: {
      shares: 'The container is in the network namespace of another one: its addresses, its ports, its localhost.',
      reaches: 'It reaches what that one reaches.',
      published: 'Published ports are those of the other one, and count once.',
    },
  },
  pod: {
    name: 'Pod',
    claims: {
      shares: 'All members are in one network namespace, that of the pod.',
      published: 'Published ports are those of the pod.',
    },
  },
  path: {
    name: 'A namespace by its path',
    claims: {
      unknown: 'Podman did not make that namespace: who reaches whom is said to be unknown.',
      known: 'If the path is that of another container, it shares the namespace of that one.',
    },
  },
  slirp4netns: {
    name: 'Slirp4netns',
    claims: {
      out: 'Packets leave by a process of the host, as the host: services of the host are reached, and for root every container address.',
      in: 'Nothing but a published port leads in, and a process of the host holds it.',
    },
  },
  pasta: {
    name: 'Pasta',
    claims: {
      copy: 'The container has a copy of the first address of the host: that one leads to itself, other addresses of the host lead to the host.',
      in: 'Published ports lead in from everywhere.',
      loopback: 'Those that are bound to 127.0.0.1 are for the host alone.',
    },
  },
  rootlessBridge: {
    name: 'Bridge without root',
    claims: {
      inside:
        'Bridges of a user are in one namespace of that user: neither host nor neighbour reaches an address there.',
      members: 'Members of one network reach each other.',
      others: 'Other networks of the user are open with netavark 1 and closed with netavark 2.',
      published: 'Published ports lead in from everywhere, on internal networks too.',
    },
  },
}
