/** What was taken to be so, or is not known, in words. */
import type { Subject } from './subject'
import type { Remark } from './types'

const REMARKS: Record<Remark['code'], { kind: Remark['kind']; text: (first: string, second: string) => string }> = {
  address: {
    kind: 'unknown',
    text: network => `Which address of network ${network} Podman gives to it is not known; a free one is assumed.`,
  },
  'addresses-unknown': {
    kind: 'unknown',
    text: network => `Which address it gets on network ${network} is not known.`,
  },
  subnet: {
    kind: 'assumed',
    text: (network, cidr) =>
      cidr === ''
        ? `Which subnet Podman gives to ${network} is not known.`
        : `Podman gives ${network} the first free subnet of its pool; ${cidr} is assumed.`,
  },
  names: {
    kind: 'unknown',
    text: network => `Who asks for it by name is not known; on network ${network} its name has an answer.`,
  },
  'listeners-move': { kind: 'assumed', text: name => `What listens in ${name} now is assumed to listen there too.` },
  'listeners-unknown': {
    kind: 'unknown',
    text: (name, because) => `What ${name} listens on is not known: ${because}.`,
  },
  'listener-address': {
    kind: 'unknown',
    text: socket =>
      `Its socket at ${socket} is bound to an address that it has no longer; whether it opens is not known.`,
  },
  'listener-taken': {
    kind: 'assumed',
    text: (port, holder) => `Its socket at port ${port} does not open: ${holder} has that port.`,
  },
  'ports-discarded': {
    kind: 'assumed',
    text: mode => `Podman discards its published ports with network ${mode}: the lines that publish them go.`,
  },
  followers: { kind: 'assumed', text: names => `${names} would move with it, and are created again after it.` },
  'not-running': { kind: 'assumed', text: name => `${name} does not run: nothing of this is so before it is started.` },
  mode: { kind: 'assumed', text: mode => `For this Podman private is ${mode}.` },
  'port-may-be-taken': {
    kind: 'unknown',
    text: (port, holder) =>
      `Whether port ${port} can be bound is not known: ${holder} has it for the other family, or for both.`,
  },
  forwarding: {
    kind: 'assumed',
    text: () => 'netavark turns IP forwarding on, which sets the switch of every interface anew.',
  },
}

export const remark = (code: Remark['code'], first = '', second = ''): Remark => ({
  code,
  kind: REMARKS[code].kind,
  text: REMARKS[code].text(first, second),
})

export const unlessRunning = ({ live, record }: Subject): Remark[] =>
  live ? [] : [remark('not-running', record.summary.name)]
