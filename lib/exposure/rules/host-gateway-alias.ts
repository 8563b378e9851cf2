import { canonical } from '../addresses'
import { recreateWithout } from '../fix'
import { PODMAN_RUN } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'
import type { HostView, Member } from '../view'

/** What pasta maps to the host: https://github.com/containers/podman/blob/v5.8.2/libnetwork/pasta/pasta_linux.go */
const PASTA_GUEST_ADDRESS = '169.254.1.2'

export const hostGatewayAlias: Rule = {
  id: 'host-gateway-alias',
  title: 'Has a name for the host',
  severity: 'info',
  when: "--add-host maps a name to host-gateway, or to an address of the host: the container is meant to talk to the host's services.",
  fix: 'Run the service in a container on a shared network.',
  falsePositives: 'Development.',
  references: [PODMAN_RUN],
  enabledByDefault: true,
  examine: view => {
    let host: ReadonlySet<string> | null = null
    const isOfHost = (address: string) => (host ??= hostAddresses(view)).has(address)
    return eachContainer(view, member => {
      if (member.facts.extraHosts.length === 0) return null
      const aliases = member.facts.extraHosts.flatMap(entry => {
        const colon = entry.indexOf(':')
        const address = entry.slice(colon + 1)
        const ofHost =
          address === 'host-gateway' ||
          gateways(view, member).has(canonical(address) ?? '') ||
          isOfHost(canonical(address) ?? '')
        return colon > 0 && ofHost ? [{ name: entry.slice(0, colon), address }] : []
      })
      if (aliases.length === 0) return null
      const subject = subjectOf(view, member.container)
      return {
        subject,
        severity: hostGatewayAlias.severity,
        confidence: 'high',
        message: `${subject.name} knows the host as ${listed(aliases.map(({ name, address }) => `${name} → ${address}`))}.`,
        evidence: aliases.map(({ name, address }) => ({ field: `HostConfig.ExtraHosts[${name}]`, value: address })),
        fix: {
          podman: recreateWithout(
            subject,
            ...aliases.flatMap(({ name, address }) => ['--add-host', `${name}:${address}`]),
          ),
          quadlet: null,
        },
        latent: !member.live,
      }
    })
  },
}

function hostAddresses(view: HostView): ReadonlySet<string> {
  const all = new Set([PASTA_GUEST_ADDRESS])
  for (const one of view.host.interfaces ?? []) {
    // Loopback addresses are the container's own.
    if (one.kind === 'loopback') continue
    for (const cidr of one.addresses) {
      const address = canonical(cidr)
      if (address !== null) all.add(address)
    }
  }
  return all
}

function gateways(view: HostView, { namespace }: Member): ReadonlySet<string> {
  const all = new Set<string>()
  for (const { networkName } of namespace?.attachments ?? []) {
    for (const { gateway } of view.network(networkName)?.subnets ?? []) {
      const address = gateway === null ? null : canonical(gateway)
      if (address !== null) all.add(address)
    }
  }
  return all
}
