/** Members of macvlan and ipvlan networks: machines of the segment that the parent interface stands on. */
import type { Attachment, Network } from '@/lib/topology/types'
import { ownNetwork } from './fix'
import { isLanDriver } from './path'
import { eachNamespace, type Owned } from './subjects'
import type { Rule, RuleResult, Scale } from './types'
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
  if (view.host.rootless === true) return []
  return attachments.flatMap(attachment => {
    const network = view.network(attachment.networkName)
    return network && isLanDriver(network.driver) ? [{ attachment, network }] : []
  })
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
    const scales = found.map(one => scaleOf(lanMode(one.network)))
    return {
      subject: owned.subject,
      severity: scales.includes(rule.severity) ? rule.severity : (scales[0] ?? rule.severity),
      confidence: view.host.rootless === null ? 'medium' : 'high',
      message: sentences(
        `${owned.subject.name} is ${found.map(describe).join(' and ')}: every port it listens on is open to that segment, ` +
          "published or not, and the host's firewall does not see it.",
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
