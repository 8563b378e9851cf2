/** The table. A new rule is one file beside this one, and one line here. */
import type { Rule } from '../types'
import { capNetAdmin } from './cap-net-admin'
import { capNetRaw } from './cap-net-raw'
import { confinementOff } from './confinement-off'
import { deadPublishedPort } from './dead-published-port'
import { defaultNetworkShared } from './default-network-shared'
import { duplicateAddress } from './duplicate-address'
import { engineApiReachable } from './engine-api-reachable'
import { engineSocketMounted } from './engine-socket-mounted'
import { exposedAndHostEquivalent } from './exposed-and-host-equivalent'
import { hostEquivalentCap } from './host-equivalent-cap'
import { hostGatewayAlias } from './host-gateway-alias'
import { hostIpc } from './host-ipc'
import { hostListenerExposed } from './host-listener-exposed'
import { hostNetwork } from './host-network'
import { hostNetworkPowerful } from './host-network-powerful'
import { hostPid } from './host-pid'
import { hostPortContention } from './host-port-contention'
import { inspectIncomplete } from './inspect-incomplete'
import { internalMacvlanIllusion } from './internal-macvlan-illusion'
import { internalNetworkOpen } from './internal-network-open'
import { internalNetworkPivot } from './internal-network-pivot'
import { ipv6GlobalSubnet } from './ipv6-global-subnet'
import { ipvlanOnLan } from './ipvlan-on-lan'
import { lanAddressCollision } from './lan-address-collision'
import { lanParentImplicit } from './lan-parent-implicit'
import { latentExposure } from './latent-exposure'
import { macvlanOnLan } from './macvlan-on-lan'
import { multiHomed } from './multi-homed'
import { netnsJoined } from './netns-joined'
import { netnsPath } from './netns-path'
import { networkBelievedIsolated } from './network-believed-isolated'
import { networkConfigMount } from './network-config-mount'
import { networksNotIsolated } from './networks-not-isolated'
import { noUserns } from './no-userns'
import { privileged } from './privileged'
import { privilegedHostPort } from './privileged-host-port'
import { publishAllPorts } from './publish-all-ports'
import { publishedAllInterfaces } from './published-all-interfaces'
import { publishedButSilent } from './published-but-silent'
import { publishedOnPublicAddress } from './published-on-public-address'
import { reachableByRoute } from './reachable-by-route'
import { rootlessHostLoopback } from './rootless-host-loopback'
import { selfExposure } from './self-exposure'
import { sensitiveHostMount } from './sensitive-host-mount'
import { sensitivePortPublished } from './sensitive-port-published'
import { sharedPropagation } from './shared-propagation'
import { sourceIpLost } from './source-ip-lost'
import { sshPublished } from './ssh-published'
import { staticRouteAdded } from './static-route-added'
import { tunGateway } from './tun-gateway'
import { udpAmplifierPublished } from './udp-amplifier-published'
import { unitFileBroken } from './unit-file-broken'
import { unitFileNewer } from './unit-file-newer'
import { unitNetworkDiffers } from './unit-network-differs'
import { unitNetworkMissing } from './unit-network-missing'
import { unitPortContention } from './unit-port-contention'
import { unitWiringDiffers } from './unit-wiring-differs'
import { unknownDriver } from './unknown-driver'
import { unmanagedBridge } from './unmanaged-bridge'
import { widePortRange } from './wide-port-range'

/** By the question that they answer, in the order of docs/rules.md. */
export const RULE_GROUPS: readonly { title: string; rules: readonly Rule[] }[] = [
  {
    title: 'Publishing',
    rules: [
      publishedAllInterfaces,
      sensitivePortPublished,
      engineApiReachable,
      publishedOnPublicAddress,
      udpAmplifierPublished,
      sshPublished,
      publishAllPorts,
      widePortRange,
      privilegedHostPort,
      hostPortContention,
      latentExposure,
      deadPublishedPort,
      publishedButSilent,
    ],
  },
  {
    title: 'Namespaces and modes',
    rules: [
      hostNetwork,
      hostNetworkPowerful,
      hostListenerExposed,
      netnsJoined,
      netnsPath,
      hostPid,
      hostIpc,
      rootlessHostLoopback,
      sourceIpLost,
      hostGatewayAlias,
    ],
  },
  {
    title: 'Networks',
    rules: [
      defaultNetworkShared,
      networksNotIsolated,
      networkBelievedIsolated,
      internalNetworkOpen,
      internalNetworkPivot,
      multiHomed,
      reachableByRoute,
      macvlanOnLan,
      ipvlanOnLan,
      lanAddressCollision,
      duplicateAddress,
      lanParentImplicit,
      internalMacvlanIllusion,
      unmanagedBridge,
      staticRouteAdded,
      ipv6GlobalSubnet,
      unknownDriver,
    ],
  },
  {
    title: 'Privilege that turns exposure into host control',
    rules: [
      exposedAndHostEquivalent,
      engineSocketMounted,
      privileged,
      hostEquivalentCap,
      capNetAdmin,
      capNetRaw,
      tunGateway,
      sensitiveHostMount,
      networkConfigMount,
      confinementOff,
      sharedPropagation,
      noUserns,
    ],
  },
  {
    title: 'What the files say',
    rules: [
      unitNetworkDiffers,
      unitWiringDiffers,
      unitFileNewer,
      unitFileBroken,
      unitPortContention,
      unitNetworkMissing,
    ],
  },
  {
    title: 'Honesty',
    rules: [inspectIncomplete, selfExposure],
  },
]

export const RULES: readonly Rule[] = RULE_GROUPS.flatMap(group => group.rules)
