/** What takes the picture's place while there is none. */
export const screens = {
  reading: 'Reading the hosts…',
  command: 'the command',
  commands: 'the commands',
  empty: {
    title: (host: string) => `${host} has no containers yet`,
    text: 'Podwire is connected and watches. This is enough to see something here, on a network of its own:',
  },
  noHosts: {
    title: 'No Podman was found',
    text: 'Podwire looks where Podman does: CONTAINER_HOST, podman system connection, and the usual sockets. Enable one:',
    forRoot: 'the command for root',
    forUser: 'the command for this user',
  },
  unsupported: 'Found, and not usable yet:',
  fault: {
    title: 'This page broke',
    text: 'Podwire itself still runs; only the page in this browser stopped. What it said:',
    again: 'Try again',
  },
  nowhere: { title: 'Nothing is here', before: 'The picture is on', link: 'the first page' },
  noServer: {
    title: 'Podwire does not answer',
    text: 'This page keeps trying. If it was stopped, start it again where it runs:',
  },
  unreachable: {
    problem: 'This host cannot be read',
    before: 'Podwire keeps trying to read',
    after: 'and shows it here as soon as it can.',
  },
}
