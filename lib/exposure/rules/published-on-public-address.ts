import { publishedPorts } from '../doors'
import { cis } from '../references'
import type { Rule } from '../types'

export const publishedOnPublicAddress: Rule = {
  id: 'published-on-public-address',
  title: 'Published on a public address',
  severity: 'high',
  when: 'A port is published on an address that is neither loopback nor private, link-local or 100.64.0.0/10, and the host passes it on.',
  fix: 'Publish on a private address and put a proxy in front.',
  falsePositives: 'Public services; addresses of documentation ranges behind NAT.',
  references: [cis('5.14')],
  enabledByDefault: true,
  examine: view =>
    publishedPorts(
      view,
      publishedOnPublicAddress,
      door => door.scope === 'public',
      () => 'The address is routable on the Internet.',
    ),
}
