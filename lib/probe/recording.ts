import { z } from 'zod'
import { known, noProbe, unknown } from './facts'
import { readFirewall } from './firewall'
import { switchesOf } from './host-facts'
import { parseAddrJson, parseRouteJson } from './ip-json'
import { toListeners } from './listeners'
import { parseSocketTable } from './sockets'
import { recordedFacts } from './recorded-facts'
import type { Known, ProbeFacts, ProbeListener } from './types'

const kernelSchema = z.looseObject({
  'host netns': z.number(),
  containers: z
    .record(z.string(), z.object({ netns: z.number(), tcp: z.string().optional(), tcp6: z.string().optional() }))
    .catch({}),
})

/** The recorder writes "unreadable: …" in place of a file that it could not read. */
const isText = (value: unknown): value is string => typeof value === 'string' && !value.startsWith('unreadable:')

const missing = (key: string) => unknown(`the recording holds no ${key}`)

/**
 * Facts from the `kernel` part of a recording. What Podwire records are the facts themselves (`facts`); else it is output of the same commands and text of the same files that the live probe
 * reads, keyed by command line or path. Who held a socket was not recorded.
 */
export function probeRecording(kernel: unknown): ProbeFacts {
  const facts = recordedFacts(kernel)
  if (facts !== null) return facts
  const recorded = kernelSchema.safeParse(kernel)
  if (!recorded.success) return noProbe("The recording holds nothing of the kernel's side.")
  const { data } = recorded
  const interfaces = parseAddrJson(data['ip -j -d addr'])
  const routes = parseRouteJson(data['ip -j route'], 4)
  const routes6 = parseRouteJson(data['ip -j -6 route'], 6)
  const iptables = data['iptables-save']

  const host = listenersOf([
    ['tcp', data['/proc/net/tcp']],
    ['tcp', data['/proc/net/tcp6']],
    ['udp', data['/proc/net/udp']],
    ['udp', data['/proc/net/udp6']],
  ])
  const hostNetns = String(data['host netns'])
  const others = Object.values(data.containers).flatMap(({ netns, tcp, tcp6 }) =>
    String(netns) === hostNetns
      ? []
      : [
          [
            String(netns),
            listenersOf([
              ['tcp', tcp],
              ['tcp', tcp6],
            ]),
          ] as const,
        ],
  )
  return {
    available: true,
    reason: null,
    hostNetns,
    hostNetnsIsOwn: false,
    interfaces: interfaces === null ? missing('interfaces') : known(interfaces, 'recording'),
    routes: routes === null ? missing('routes') : known([...routes, ...(routes6 ?? [])], 'recording'),
    ...switchesOf(name => {
      const text = data[`sysctl ${name}`]
      return isText(text) ? { ok: true, value: text } : { ok: false, code: 'missing' }
    }),
    firewall: readFirewall({
      nft: data['nft -j list ruleset'],
      iptables: typeof iptables === 'string' ? iptables : null,
      legacyTables: null,
    }),
    hostListeners: host,
    listenersByNetns: Object.fromEntries(others),
  }
}

function listenersOf(tables: readonly (readonly ['tcp' | 'udp', unknown])[]): Known<readonly ProbeListener[]> {
  const texts = tables.flatMap(([protocol, text]) => (isText(text) ? [{ protocol, text }] : []))
  if (texts.length < tables.length) return missing('complete socket tables of this namespace')
  return known(
    toListeners(
      texts.flatMap(({ protocol, text }) => parseSocketTable(text, protocol, 'LE')),
      new Map(),
    ),
    tables.some(([protocol]) => protocol === 'udp') ? 'recording' : 'recording (tcp only)',
  )
}
