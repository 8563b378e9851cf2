import { NO_FIX, recreateWithout } from '../fix'
import { engineSockets, mountEvidence, volumesMayHide, volumeWord } from '../mounts'
import { cis, kubescape, owasp, PODMAN_SERVICE, trivy } from '../references'
import type { EngineSocket } from '../sockets'
import { eachContainer, subjectOf } from '../subjects'
import type { Rule } from '../types'
import type { Mount } from '../view'
import { sentences } from '../words'

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
        evidence: mounts.map(({ mount }) => mountEvidence(mount)),
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
