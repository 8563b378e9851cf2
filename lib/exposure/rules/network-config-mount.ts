import { mountEvidence, volumesMayHide, volumeWord } from '../mounts'
import { recreateWithout } from '../fix'
import { contains } from '../paths'
import { cis } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'
import type { Mount } from '../view'

const SYSTEM = ['/etc/containers', '/etc/cni', '/run/netns', '/proc/sys/net', '/var/lib/cni']
/** ~/.config/containers and ~/.local/share/containers/storage/networks of any user. */
const OF_USER = /\/\.(config\/(containers|cni)|local\/share\/containers\/storage\/networks)(\/|$)/

export const networkConfigMount: Rule = {
  id: 'network-config-mount',
  title: "May rewrite the engine's network configuration",
  severity: { rootful: 'high', rootless: 'medium' },
  when: "A writable bind mount of /etc/containers, the engine's network configuration, /run/netns or /proc/sys/net, or below.",
  fix: 'Mount it read-only, or not at all.',
  falsePositives: 'Installers.',
  references: [cis('5.6')],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const mounts = member.mounts.filter(holdsNetworks)
      if (mounts.length === 0) return volumesMayHide(view, member)
      const subject = subjectOf(view, member.container)
      return {
        subject,
        severity: networkConfigMount.severity,
        confidence: 'high',
        message: `${subject.name} can write ${listed(mounts.map(mount => mount.source))}: it can change the networks that are shown here.`,
        evidence: mounts.map(mountEvidence),
        fix: {
          podman: recreateWithout(subject, ...mounts.flatMap(mount => ['--volume', volumeWord(mount)])),
          quadlet: null,
        },
        latent: !member.live,
      }
    }),
}

const holdsNetworks = ({ type, writable, path }: Mount): boolean =>
  type === 'bind' &&
  writable &&
  path !== null &&
  (SYSTEM.some(directory => contains(directory, path)) || OF_USER.test(path))
