import { comment, lines } from '../fix'
import { QUADLET } from '../references'
import { notRead, subjectOf } from '../subjects'
import type { Rule } from '../types'
import { declaredOn, restartOf, unitResult } from '../units'

export const unitFileNewer: Rule = {
  id: 'unit-file-newer',
  title: 'File changed since it was started',
  severity: 'info',
  when: 'A quadlet file, or a drop-in of it, was changed after the container or pod that runs was made of it.',
  fix: 'systemctl daemon-reload, and restart the unit, when the change is meant.',
  falsePositives: 'Changes of comments, or of what is not about running.',
  references: [QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    for (const { unit, record, there, counts } of declaredOn(view)) {
      const isMade = unit.kind === 'container' || unit.kind === 'pod' || unit.kind === 'kube'
      if (!counts || !isMade || there.present !== 'yes') continue
      if (record.modifiedAt === null) {
        result.unknown.push('quadlet files: when they were changed is not known')
        continue
      }
      for (const id of there.thingIds) {
        const infra = view.pod(id)?.containerIds.find(one => view.container(one)?.isInfra === true)
        const unexamined = view.unexaminedBy(infra ?? id)
        if (unexamined !== undefined) result.unknown.push(notRead(view, unexamined))
        const member = view.member(infra ?? id)
        const createdAt = member?.live === true ? member.container.createdAt : null
        // Both times are UTC to the millisecond, and texts of one form.
        if (member === undefined || createdAt === null || record.modifiedAt <= createdAt) continue
        const subject = subjectOf(view, member.container)
        result.hits.push({
          subject,
          severity: unitFileNewer.severity,
          confidence: 'medium',
          message: `${unit.path} was changed after ${subject.name} was made of it; what runs may not be what it says.`,
          evidence: [
            { field: unit.path, value: `changed ${record.modifiedAt}` },
            { field: 'Created', value: createdAt },
          ],
          fix: {
            podman:
              unit.service === null
                ? null
                : lines(comment('systemctl daemon-reload'), comment(restartOf(view, unit.service))),
            quadlet: null,
          },
        })
      }
    }
    return result
  },
}
