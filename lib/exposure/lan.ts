/** Members of macvlan and ipvlan networks: machines of the segment that the parent interface stands on. */
import type { Attachment, Network } from '@/lib/topology/types'
import { ownNetwork } from './fix'
import { type FromOutside, namespaceFromOutside, shutFromOutside } from './outside'
import { isLanDriver } from './path'
import { eachNamespace, listed, type Owned } from './subjects'
import type { Confidence, Rule, RuleResult, Scale } from './types'
import type { HostView } from './view'
import { listenerWords, sentences, sharedWords } from './words'

export interface LanAttachment {
  attachment: Attachment
  network: Network
}

/**
 * Attachments to the segments of host interfaces. None when rootless: the parent is then an interface of the user's own
 * namespace, which no machine stands on (podman-network-create(1), "macvlan and ipvlan" under rootless).
 */
export function lanAttachments(
  view: HostView,
  { attachments }: { attachments: readonly Attachment[] },
): LanAttachment[] {
  const found: LanAttachment[] = []
  if (view.host.rootless === true) return found
  for (const attachment of attachments) {
    const network = view.network(attachment.networkName)
    if (network && isLanDriver(network.driver)) found.push({ attachment, network })
  }
  return found
}

/** The mode in effect: netavark's defaults are bridge and l2. */
const lanMode = (network: Network): string => network.mode ?? (network.driver === 'ipvlan' ? 'l2' : 'bridge')

const describe = ({ attachment, network }: LanAttachment) => {
  const address =
    attachment.addresses.length > 0 ? attachment.addresses.join(', ') : 'a machine without a known address'
  const parent = network.interface ?? 'the interface of the default route'
  return `${address} on ${parent} (network ${network.name}, ${network.driver}, mode ${lanMode(network)})`
}

/** A live namespace on networks of one driver; `scaleOf` may depend on the mode, the worst counts. */
export function onLan(
  view: HostView,
  driver: 'macvlan' | 'ipvlan',
  rule: Rule,
  scaleOf: (mode: string) => Scale,
): RuleResult {
  return eachNamespace(view, (owned: Owned) => {
    if (!owned.live) return null
    const found = lanAttachments(view, owned.namespace).filter(one => one.network.driver === driver)
    const [first] = found
    if (first === undefined) return null
    const from = namespaceFromOutside(view, owned.namespace)
    const scales = found.map(one => scaleOf(lanMode(one.network)))
    return {
      subject: owned.subject,
      severity: scales.includes(rule.severity) ? rule.severity : (scales[0] ?? rule.severity),
      confidence: confidenceOf(view, from),
      message: sentences(
        `${owned.subject.name} is ${found.map(describe).join(' and ')}: every port it listens on is open to ${whoseWords(from)}, ` +
          "published or not, and the host's firewall does not see it.",
        from !== null && from.unknown.length > 0
          ? `Whether machines on ${listed(from.unknown)} reach it is unknown: ${from.because}.`
          : '',
        listenerWords(owned.namespace),
        sharedWords(view, owned),
        view.host.rootless === null ? 'Whether the engine is rootless is unknown: assuming rootful.' : '',
      ),
      evidence: found.map(({ attachment, network }) => ({
        field: `NetworkSettings.Networks.${network.name}.IPAddress`,
        value: attachment.addresses.join(', ') || 'unset',
      })),
      fix: ownNetwork(owned.subject),
    }
  })
}

/** A namespace may stand on other networks too; only what lib/reach says of every segment is sure. */
const confidenceOf = (view: HostView, from: FromOutside | null): Confidence => {
  if (view.host.rootless === null) return 'medium'
  return from !== null && from.open.length === 0 && from.unknown.length > 0 ? 'low' : 'high'
}

/** In a routed mode of ipvlan nobody finds it by asking the segment. */
const whoseWords = (from: FromOutside | null): string => {
  if (shutFromOutside(from)) return 'those of that segment who have a route to it'
  if (from === null || from.open.length === 0) return 'that segment'
  return `the segment${from.open.length > 1 ? 's' : ''} of ${listed(from.open)}`
}
