/** The rules about sharing a namespace of the host other than its network. */
import { recreateWithout } from './fix'
import { eachContainer, subjectOf } from './subjects'
import type { Rule, RuleResult } from './types'
import type { HostView } from './view'

/** `field` as inspect has it, "PidMode"; `consequence` completes "… shares the host's …:". */
export const sharesWithHost = (
  view: HostView,
  rule: Rule,
  kind: { option: 'pid' | 'ipc'; field: 'PidMode' | 'IpcMode'; what: string; consequence: string },
): RuleResult =>
  eachContainer(view, ({ container, facts, live }) => {
    const mode = kind.option === 'pid' ? facts.pidMode : facts.ipcMode
    if (mode === null) return { unknown: `${container.name}: its ${kind.field} is not known` }
    if (mode !== 'host') return null
    const subject = subjectOf(view, container)
    return {
      subject,
      severity: rule.severity,
      confidence: 'high',
      message: `${container.name} shares the host's ${kind.what}: ${kind.consequence}`,
      evidence: [{ field: `HostConfig.${kind.field}`, value: 'host' }],
      fix: {
        podman: recreateWithout(subject, `--${kind.option}=host`),
        quadlet: `# remove from PodmanArgs=: --${kind.option}=host`,
      },
      latent: !live,
    }
  })
