/** The commands and the quadlet lines that make a change. */
import * as fix from '@/lib/exposure/fix'
import type { Subject as FixSubject } from '@/lib/exposure/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { Plan } from './apply'
import { publishText } from './ports'
import type { Subject } from './subject'
import type { Lines, NetworkChoice } from './types'

/** `choice`: what was asked for; `plan`: what it becomes; `created`: a network that is made for it. */
export function linesOf(
  subject: Subject,
  choice: NetworkChoice | null,
  plan: Plan,
  created: NetworkSummary | null,
): Lines {
  const { target } = subject
  const named: FixSubject = { kind: target.kind === 'container' ? 'container' : 'namespace', id: '', name: target.name }
  const published = plan.ports.map(publishText)
  const networks = networksOf(subject, choice, plan)
  const options = [
    ...networks.flatMap(network => ['--network', network]),
    ...published.flatMap(port => ['--publish', port]),
  ]
  const again =
    options.length > 0 ? fix.recreate(named, ...options) : fix.recreateWithout(named, '--network', '--publish')
  const section = fix.sectionOf(named)
  const inFile = created === null ? networks : [`${created.name}.network`]
  const text = fix.quadlet(
    section,
    ...inFile.map((network): [string, string] => ['Network', network]),
    ...published.map((port): [string, string] => ['PublishPort', port]),
  )
  return {
    podman: created === null ? again : fix.lines(createOf(created), again),
    quadlet: [
      ...(created === null ? [] : [{ file: `${created.name}.network`, text: networkFile(created) }]),
      { file: `${target.name}.${section === 'Pod' ? 'pod' : 'container'}`, text },
    ],
  }
}

/** As --network and Network= take them. What stays as it is is said too: the lines are the whole of it. */
function networksOf({ record, pod }: Subject, choice: NetworkChoice | null, { settled }: Plan): readonly string[] {
  if (choice === null) {
    const mode = record.detail?.networkMode ?? ''
    return mode === 'bridge' || mode === '' ? record.summary.networks : [mode]
  }
  switch (choice.kind) {
    case 'network':
      return [choice.address === null ? choice.name : `${choice.name}:ip=${choice.address}`]
    case 'new':
      return [choice.name]
    case 'private':
      // Podman 4.3 refuses a pod that publishes with that word: what it means is written out.
      if (pod !== null && settled !== null) return ['name' in settled ? settled.name : settled.kind]
      return [choice.kind]
    case 'host':
    case 'none':
      return [choice.kind]
  }
}

function createOf({ name, internal, options }: NetworkSummary): string | null {
  const isolate = options['isolate']
  return fix.command(
    'podman',
    'network',
    'create',
    ...(internal ? ['--internal'] : []),
    ...(isolate === undefined ? [] : ['--opt', `isolate=${isolate}`]),
    name,
  )
}

function networkFile({ name, internal, options }: NetworkSummary): string | null {
  const isolate = options['isolate']
  return fix.quadlet(
    'Network',
    ['NetworkName', name],
    ...(internal ? [['Internal', 'true'] satisfies [string, string]] : []),
    ...(isolate === undefined ? [] : [['Options', `isolate=${isolate}`] satisfies [string, string]]),
  )
}
