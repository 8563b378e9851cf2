/** The answer to one question: refused with its reasons, or what is gained and lost, what is assumed, and the lines that do it. */
import type { HostSnapshot } from '@/lib/collector/types'
import type { ExamineOptions } from '@/lib/exposure/engine'
import { buildTopology } from '@/lib/topology/build'
import { containerId } from '@/lib/topology/ids'
import type { HostModel } from '@/lib/topology/types'
import { type Applied, apply } from './apply'
import { holderOf } from './clash'
import { compare } from './compare'
import { linesOf } from './lines'
import { formatTarget } from './parse'
import { refusalsOf } from './refuse'
import { remark } from './remarks'
import { findSubject, type Subject } from './subject'
import type { Change, PrivateAndHost, Refusal, Remark, Target, WhatIf } from './types'

export type Applying =
  | { ok: true; model: HostModel; subject: Subject; applied: Applied }
  | { ok: false; refusals: Refusal[] }

/** The host as it would be, or why it cannot. null when there is no such container or pod. */
export function applyChange(snapshot: HostSnapshot, change: Change): Applying | null {
  const subject = findSubject(snapshot, change.target)
  if (subject === null) return null
  const refusals = refusalsOf(snapshot, subject, change)
  if (refusals.length > 0) return { ok: false, refusals }
  const applied = apply(snapshot, subject, change)
  return { ok: true, subject, applied, model: buildTopology(applied.snapshot) }
}

/**
 * Pure; nothing on the host is touched. `before` is the model of `snapshot`, where it is made already. null when there is no
 * such container or pod.
 */
export function whatIf(
  snapshot: HostSnapshot,
  change: Change,
  options: ExamineOptions & { before?: HostModel } = {},
): WhatIf | null {
  const applying = applyChange(snapshot, change)
  if (applying === null) return null
  const answer = { hostId: snapshot.connection.id, target: formatTarget(change.target) }
  if (!applying.ok) return { ...answer, refusals: applying.refusals, outcome: null }
  const { subject, applied, model } = applying
  const before = options.before ?? buildTopology(snapshot)
  const id = containerId(snapshot.connection.id, subject.record.summary.id)
  return {
    ...answer,
    refusals: [],
    outcome: {
      difference: compare(before, model, id, options),
      remarks: [...remarksOn(snapshot, subject, change, applied), ...applied.remarks],
      lines: linesOf(subject, change.network, applied.plan, applied.created),
    },
  }
}

function remarksOn(snapshot: HostSnapshot, subject: Subject, change: Change, { plan }: Applied): Remark[] {
  const followers = snapshot.containers.filter(
    ({ summary }) =>
      summary.id !== subject.record.summary.id && subject.movers.has(summary.id) && summary.podId === null,
  )
  const mayBeTaken = change.ports.flatMap(choice => {
    const holder = holderOf(snapshot, subject, choice)
    return holder?.sure === false
      ? [remark('port-may-be-taken', `${choice.hostPort}/${choice.protocol}`, holder.name)]
      : []
  })
  const { settled } = plan
  const isPrivate = change.network?.kind === 'private' && settled !== null
  const meaning = settled?.kind === 'network' ? `network ${settled.name}` : (settled?.kind ?? '')
  return [
    ...mayBeTaken,
    ...(isPrivate ? [remark('mode', meaning)] : []),
    ...(followers.length > 0 ? [remark('followers', followers.map(({ summary }) => summary.name).join(', '))] : []),
  ]
}

/** `private` and `host` explained by what each would change here. null when there is no such container or pod. */
export function comparePrivateAndHost(
  snapshot: HostSnapshot,
  target: Target,
  options: ExamineOptions & { before?: HostModel } = {},
): PrivateAndHost | null {
  const before = options.before ?? buildTopology(snapshot)
  const ask = (kind: 'private' | 'host') =>
    whatIf(snapshot, { target, network: { kind }, ports: [] }, { ...options, before })
  const [asPrivate, asHost] = [ask('private'), ask('host')]
  const subject = findSubject(snapshot, target)
  if (asPrivate === null || asHost === null || subject === null) return null
  return { now: standing(subject), private: asPrivate, host: asHost }
}

function standing({ plan }: Subject): PrivateAndHost['now'] {
  switch (plan.kind) {
    case 'host':
      return 'host'
    case 'private':
    case 'pasta':
    case 'slirp4netns':
      return 'private'
    case 'none':
    case 'path':
    case 'rootless':
      return 'other'
  }
}
