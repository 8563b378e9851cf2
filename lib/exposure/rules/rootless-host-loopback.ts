import { quadlet, recreate } from '../fix'
import { PODMAN_RUN } from '../references'
import { eachNamespace, listed } from '../subjects'
import type { Rule } from '../types'

/** pasta's options that open the host's loopback unless their value is "none"; flags have none. */
const OPENING = new Set(['--map-gw', '--map-host-loopback', '-T', '--tcp-ns', '-U', '--udp-ns'])

export const rootlessHostLoopback: Rule = {
  id: 'rootless-host-loopback',
  title: "Reaches the host's loopback",
  severity: 'medium',
  when:
    'pasta runs with --map-gw, --map-host-loopback, -T or -U other than none, or slirp4netns with allow_host_loopback=true. ' +
    'Only the command that made the container tells, so containers made over the API, and options of containers.conf, are unknown.',
  fix: 'Remove the option: without it, pasta and slirp4netns keep the loopback shut.',
  falsePositives: 'Reaching a database of the host on purpose.',
  references: [PODMAN_RUN, 'https://passt.top/builds/latest/web/passt.1.html'],
  enabledByDefault: true,
  examine(view) {
    const silent: string[] = []
    const result = eachNamespace(view, ({ namespace, subject, facts, live }) => {
      if (namespace.kind !== 'pasta' && namespace.kind !== 'slirp4netns') return null
      const options = facts.userModeOptions
      if (options === null) {
        silent.push(subject.name)
        return null
      }
      const open = openingWords(options.words)
      if (open.length === 0) return null
      return {
        subject,
        severity: rootlessHostLoopback.severity,
        confidence: 'low',
        message:
          `${subject.name} was created with ${options.mode} ${listed(open)}: services that listen on the host's 127.0.0.1 ` +
          'may be reached from it. Which ones listen there was not examined.',
        evidence: open.map(word => ({ field: `Config.CreateCommand ${options.mode}`, value: word })),
        fix: {
          podman: recreate(subject, '--network', options.mode),
          quadlet: quadlet('Container', ['Network', options.mode]),
        },
        latent: !live,
      }
    })
    if (silent.length > 0) {
      result.unknown.push(
        `${listed(silent)}: whether options of containers.conf, or given over the API, open the host's loopback is not known`,
      )
    }
    return result
  },
}

/** "-T 5432", "--map-gw", "allow_host_loopback=true" */
function openingWords(words: readonly string[]): string[] {
  const open: string[] = []
  words.forEach((word, at) => {
    if (word === 'allow_host_loopback=true' || word === '--map-gw') open.push(word)
    else if (OPENING.has(word)) {
      const value = words[at + 1] ?? ''
      if (value !== 'none') open.push(`${word} ${value}`.trim())
    }
  })
  return open
}
