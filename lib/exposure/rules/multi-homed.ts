import { capabilitiesOf } from '../capabilities'
import { NO_FIX } from '../fix'
import { eachNamespace, listed, type Owned } from '../subjects'
import type { Evidence, Rule } from '../types'
import type { HostView } from '../view'
import { sentences, sharedWords } from '../words'

export const TUN = '/dev/net/tun'

export const multiHomed: Rule = {
  id: 'multi-homed',
  title: 'Stands on several networks',
  severity: 'medium',
  when:
    'A container or pod is on two or more networks, none of them internal: whoever takes it over stands on all of them. ' +
    'info; medium when a member may route between them (CAP_NET_ADMIN or /dev/net/tun).',
  fix: 'Keep it to one network, or accept it as the pivot it is.',
  falsePositives: 'Proxies and monitoring.',
  references: ['MITRE ATT&CK T1599'],
  enabledByDefault: true,
  examine: view =>
    eachNamespace(view, owned => {
      const { attachments } = owned.namespace
      if (attachments.length < 2) return null
      const networks = attachments.map(one => one.networkName)
      if (networks.some(name => view.network(name)?.internal === true)) return null
      const powers = routingPowers(view, owned)
      const evidence: Evidence[] = networks.map(name => ({
        field: `NetworkSettings.Networks.${name}`,
        value: 'attached',
      }))
      return {
        subject: owned.subject,
        severity: powers.length > 0 ? 'medium' : 'info',
        confidence: 'high',
        message: sentences(
          `${owned.subject.name} is on ${listed(networks)}: who takes it over stands on all of them.`,
          powers.length > 0 ? `It can also route between them (${listed(powers)}).` : '',
          sharedWords(view, owned),
        ),
        evidence: [...evidence, ...powers.map(power => ({ field: power, value: 'present' }))],
        fix: NO_FIX,
        latent: !owned.live,
      }
    }),
}

/** What lets a member of the namespace forward packets between its networks. */
function routingPowers(view: HostView, { namespace }: Owned): string[] {
  const powers = new Set<string>()
  for (const id of namespace.memberIds) {
    const member = view.member(id)
    if (!member) continue
    for (const one of capabilitiesOf(member, ['CAP_NET_ADMIN']) ?? []) powers.add(one)
    if (member.container.privileged) powers.add('CAP_NET_ADMIN')
    if (member.facts.devices?.includes(TUN)) powers.add(TUN)
  }
  return [...powers]
}
