import { isGlobalIpv6 } from '../addresses'
import { quadlet, recreate } from '../fix'
import { eachNetwork } from '../networks'
import { listed } from '../subjects'
import type { Rule } from '../types'

/** To be filled in; of fd00::/8, which is nobody's on the Internet. */
const ULA = 'fdXX:XXXX:XXXX::/64'

export const ipv6GlobalSubnet: Rule = {
  id: 'ipv6-global-subnet',
  title: 'Subnet of the public Internet (IPv6)',
  severity: 'low',
  when: 'A subnet of a network that is not internal lies in 2000::/3: containers may be reached without NAT and without publishing.',
  fix: 'Use a unique local prefix (fd00::/8), or filter upstream.',
  falsePositives: 'A prefix that is filtered elsewhere.',
  references: ['RFC 4193', 'RFC 4291 §2.5.4'],
  enabledByDefault: true,
  examine: view =>
    eachNetwork(view, ({ network, subject, live }) => {
      if (network.internal) return null
      const subnets = network.subnets.map(one => one.cidr).filter(isGlobalIpv6)
      if (subnets.length === 0) return null
      return {
        subject,
        severity: ipv6GlobalSubnet.severity,
        confidence: 'low',
        message: `${network.name} uses ${listed(subnets)}, which is routable on the Internet: whether anybody routes it here was not examined.`,
        evidence: subnets.map(cidr => ({ field: 'subnets[].subnet', value: cidr })),
        fix: { podman: recreate(subject, '--subnet', ULA), quadlet: quadlet('Network', ['Subnet', ULA]) },
        latent: !live,
      }
    }),
}
