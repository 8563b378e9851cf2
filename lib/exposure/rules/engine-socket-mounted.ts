import type { ContainerFacts } from '@/lib/topology/types'
import { NO_FIX, recreateWithout } from '../fix'
import { cis, kubescape, owasp, PODMAN_SERVICE, trivy } from '../references'
import { type EngineSocket, engineSocketAt } from '../sockets'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'
import type { HostView, Member } from '../view'
import { sentences } from '../words'

type Mount = NonNullable<ContainerFacts['mounts']>[number]

export const engineSocketMounted: Rule = {
  id: 'engine-socket-mounted',
  title: 'Engine socket mounted',
  severity: { rootful: 'critical', rootless: 'high' },
  when:
    "A mount's source is the socket of Podman, Docker, containerd, CRI-O or systemd, or a directory above it, read-only " +
    'or not. Volumes that are bind mounts in disguise count. A socket below /run/user is that user’s: high.',
  fix: 'Give it a filtering proxy that knows the libpod paths it needs, or nothing.',
  falsePositives: 'Dashboards like this one, and CI runners: they hold the power all the same.',
  references: [cis('5.32'), trivy('KSV-0006'), kubescape('C-0074'), owasp('1'), PODMAN_SERVICE],
  enabledByDefault: true,
  examine: view =>
    eachContainer(view, member => {
      const mounts = engineSockets(member)
      const [first] = mounts
      if (first === undefined) return volumesMayHide(view, member)
      const subject = subjectOf(view, member.container)
      const exact = mounts.some(one => one.socket.exact)
      return {
        subject,
        severity: mounts.every(one => one.socket.ofUser) ? 'high' : engineSocketMounted.severity,
        confidence: exact ? 'high' : 'medium',
        message: sentences(
          `${subject.name} has ${mounts.map(describe).join(', ')}.`,
          exact
            ? `Whoever connects to it runs anything as ${first.socket.ofUser || view.host.rootless === true ? 'the user of that engine' : 'root on the host'}.`
            : 'Engine sockets stand below it, and whoever connects to one runs anything as the user of that engine.',
          'A read-only mount does not hinder that.',
        ),
        evidence: mounts.map(({ mount }) => ({
          field: `Mounts[${mount.destination}].Source`,
          value: `${mount.source} (${mount.writable ? 'rw' : 'ro'})`,
        })),
        fix: {
          ...NO_FIX,
          podman: recreateWithout(subject, ...mounts.flatMap(({ mount }) => ['--volume', volumeWord(mount)])),
        },
        latent: !member.live,
      }
    }),
}

const describe = ({ mount, socket }: { mount: Mount; socket: EngineSocket }) =>
  `${socket.source} (${mount.writable ? 'rw' : 'ro'}) at ${mount.destination}`

const volumeWord = (mount: Mount) => `${mount.source}:${mount.destination}`

/** The mounts of a container that open an engine socket. */
export const engineSockets = ({ facts }: Member): { mount: Mount; socket: EngineSocket }[] =>
  (facts.mounts ?? []).flatMap(mount => {
    const socket = engineSocketAt(mount.source)
    return socket ? [{ mount, socket }] : []
  })

/** Volumes were not read, and this container has some: a bind mount may hide behind one. */
export function volumesMayHide(view: HostView, { container, facts }: Member): { unknown: string } | null {
  if (facts.mounts === null) return { unknown: `${container.name}: its mounts are not known` }
  if (!view.facts.volumesUnknown || !facts.mounts.some(mount => mount.type === 'volume')) return null
  return { unknown: `${container.name}: volumes could not be read, and a bind mount may hide behind one` }
}
