/** The table. A new rule is one file beside this one, and one line here. */
import type { Rule } from '../types'
import { capNetAdmin } from './cap-net-admin'
import { capNetRaw } from './cap-net-raw'
import { defaultNetworkShared } from './default-network-shared'
import { duplicateAddress } from './duplicate-address'
import { engineSocketMounted } from './engine-socket-mounted'
import { hostNetwork } from './host-network'
import { inspectIncomplete } from './inspect-incomplete'
import { ipvlanOnLan } from './ipvlan-on-lan'
import { macvlanOnLan } from './macvlan-on-lan'
import { multiHomed } from './multi-homed'
import { privileged } from './privileged'
import { publishedAllInterfaces } from './published-all-interfaces'
import { sensitivePortPublished } from './sensitive-port-published'

export const RULES: readonly Rule[] = [
  // Publishing
  publishedAllInterfaces,
  sensitivePortPublished,
  // Namespaces and modes
  hostNetwork,
  // Networks
  defaultNetworkShared,
  multiHomed,
  macvlanOnLan,
  ipvlanOnLan,
  duplicateAddress,
  // Privilege
  engineSocketMounted,
  privileged,
  capNetAdmin,
  capNetRaw,
  // Honesty
  inspectIncomplete,
]
