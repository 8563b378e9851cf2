import { describeDoors, doorEvidence } from '../doors'
import { foldDoors } from '@/lib/topology/ranges'
import { command } from '../fix'
import { outwardListeners, Unheard } from '../listeners'
import { eachPublisher } from '../subjects'
import type { Rule } from '../types'
import { sentences } from '../words'

export const publishedButSilent: Rule = {
  id: 'published-but-silent',
  title: 'Published, and nobody listens',
  severity: 'info',
  when:
    'The host passes a TCP port on, and no socket in the namespace listens on it, or on loopback only. By the sockets that ' +
    'the probe saw when it last looked; UDP is not examined.',
  fix: 'Start what should listen, let it listen on 0.0.0.0, or do not publish.',
  falsePositives: 'Services that have not started yet.',
  references: ['https://man7.org/linux/man-pages/man5/proc_pid_net.5.html'],
  enabledByDefault: true,
  examine(view) {
    const unheard = new Unheard()
    const result = eachPublisher(view, ({ namespace, subject, live }) => {
      const doors = live ? namespace.published.filter(door => door.forwarded === 'yes' && door.protocol === 'tcp') : []
      if (doors.length === 0) return null
      const { listeners } = namespace
      if (listeners === null) {
        unheard.add(subject.name, namespace)
        return null
      }
      // pasta connects to the loopback inside for those who come from the host itself.
      const heard = namespace.kind === 'pasta' ? listeners : outwardListeners(listeners)
      const open = new Set(heard.filter(one => one.protocol === 'tcp').map(one => one.port))
      const silent = doors.filter(door => !open.has(door.containerPort))
      if (silent.length === 0) return null
      const ranges = foldDoors(silent)
      const inside = new Set(listeners.filter(one => one.protocol === 'tcp').map(one => one.port))
      return {
        subject,
        severity: publishedButSilent.severity,
        confidence: 'medium',
        message: sentences(
          `${subject.name}: ${describeDoors(ranges)}, and nothing listens there.`,
          silent.some(door => inside.has(door.containerPort)) ? 'What does listen, listens on loopback only.' : '',
        ),
        evidence: ranges.map(doorEvidence),
        fix: {
          podman:
            subject.kind === 'container'
              ? command('podman', 'logs', subject.name)
              : command('podman', 'pod', 'logs', subject.name),
          quadlet: null,
        },
      }
    })
    result.unknown.push(...unheard.lines())
    return result
  },
}
