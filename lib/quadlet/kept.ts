/**
 * What of a quadlet file leaves this folder: the keys of this table and nothing else. Environment=, Secret=, Exec=, HealthCmd=,
 * labels, image names and everything unlisted are read here at most to know that they are there.
 */
import type { UnitSection } from './keys'
import { splitWords } from './words'

const keys = (...lines: string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '))

/** Names, wiring, and what the exposure rules look at in a running container, too. */
const KEPT: Readonly<Record<UnitSection | 'Install', ReadonlySet<string>>> = {
  Container: keys(
    'ContainerName ServiceName Pod StartWithPod',
    'Network NetworkAlias IP IP6 PublishPort ExposeHostPort AddHost',
    'AddCapability DropCapability NoNewPrivileges SeccompProfile AppArmor Mask Unmask',
    'SecurityLabelDisable SecurityLabelFileType SecurityLabelLevel SecurityLabelNested SecurityLabelType',
    'UserNS User Group ReadOnly AddDevice Volume Mount Rootfs',
  ),
  Pod: keys('PodName ServiceName Network NetworkAlias IP IP6 PublishPort AddHost UserNS Volume'),
  Kube: keys('ServiceName Network PublishPort UserNS'),
  Network: keys(
    'NetworkName ServiceName Driver Subnet Gateway IPRange IPv6 Internal DisableDNS',
    'IPAMDriver InterfaceName NetworkDeleteOnStop Options',
  ),
  Volume: keys('VolumeName ServiceName Device Type'),
  Image: keys('ServiceName'),
  Build: keys('ServiceName Network'),
  Artifact: keys('ServiceName'),
  Install: keys('DefaultInstance'),
}

const OF_SECTION: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(KEPT))

/** Options of a network that say how it is wired; others are a driver's own affair, and may hold anything. */
const NETWORK_OPTIONS = keys('isolate mtu vlan mode parent metric vrf no_default_route bclim host_interface_name')

const MODES_WITH_WORDS = /^(pasta|slirp4netns):.*/s
const MAX_VALUE = 512

/** Cut to something that a screen can show; control characters are none of it. */
const shown = (value: string): string => {
  const plain = value.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
  return plain.length > MAX_VALUE ? `${plain.slice(0, MAX_VALUE - 1)}…` : plain
}

/** The value as it may be shown; null when the key, or this use of it, stays here. */
export function keptValue(section: string, key: string, value: string): string | null {
  if (OF_SECTION.get(section)?.has(key) !== true) return null
  if (key === 'Network') return shown(value.replace(MODES_WITH_WORDS, '$1:…'))
  if (key === 'Options') {
    const words = (splitWords(value, 'command') ?? []).filter(word =>
      NETWORK_OPTIONS.has(word.slice(0, word.indexOf('='))),
    )
    return words.length === 0 ? null : shown(words.join(' '))
  }
  return shown(value)
}

/** A key as it may be named: a word like Podman's own keys. What is none may be the rest of a secret. */
export const shownKey = (key: string): string | null => (/^[A-Za-z][A-Za-z0-9]{0,23}$/.test(key) ? key : null)
