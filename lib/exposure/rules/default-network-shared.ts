import { quadlet } from '../fix'
import { groupOf } from '../groups'
import { cis, nist, owasp, QUADLET } from '../references'
import { listed, networkSubject, notRead } from '../subjects'
import type { Rule, RuleResult } from '../types'

export const defaultNetworkShared: Rule = {
  id: 'default-network-shared',
  title: 'Strangers share the default network',
  severity: 'medium',
  when:
    'Running containers of two or more groups are on the default network. A group is a pod, else a compose project, else a ' +
    'systemd unit, else the container itself. Within one bridge everybody reaches everybody, in every netavark.',
  fix: 'One network per application.',
  falsePositives: 'One-off containers.',
  references: [cis('5.30'), owasp('5'), nist('3.3.3'), QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result: RuleResult = { hits: [], unknown: [] }
    if (view.host.engine === null && !view.host.networks.some(one => one.isDefault)) {
      result.unknown.push('which network is the default one: the engine did not say')
    }
    for (const network of view.host.networks) {
      if (!network.isDefault) continue
      const read = new Map<string, string>()
      const unread: string[] = []
      for (const { namespace } of view.attachedTo(network.name)) {
        const group = view.isLive(namespace) ? groupOf(view, namespace) : null
        if (group === null) continue
        const doubt = namespace.ownerId === null ? undefined : view.unexaminedBy(namespace.ownerId)
        if (doubt) unread.push(notRead(view, doubt))
        else read.set(group.key, group.name)
      }
      if (read.size < 2) {
        result.unknown.push(...unread)
        continue
      }
      const names = [...read.values()]
      result.hits.push({
        subject: networkSubject(network),
        severity: defaultNetworkShared.severity,
        confidence: 'high',
        message:
          `${network.name}: ${names.length} groups share the default network (${listed(names)}), and each reaches every port ` +
          'of the others by address, published or not.',
        evidence: [{ field: `NetworkSettings.Networks.${network.name}`, value: names.join(', ') }],
        fix: {
          podman:
            '# one network per application: podman network create app; then create its containers with --network app',
          quadlet: quadlet('Container', ['Network', 'app.network']),
        },
      })
    }
    return result
  },
}
