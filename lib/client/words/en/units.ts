/** Quadlet files: what they declare, and what of it is there. */
import type { Unit, UnitIssue } from '@/lib/topology/types'

const present: Record<Unit['present'], string> = {
  yes: 'is there',
  no: 'declared, not there',
  unknown: 'unknown whether it is there',
}

const effects: Record<UnitIssue['effect'], string> = {
  skipped: 'Podman skips it',
  fails: 'does not start',
  odd: 'left out',
  unread: 'not read',
}

export const units = {
  file: 'Quadlet file',
  files: 'Quadlet files',
  there: 'What is there of it',
  none: 'No quadlet files are there.',
  facts: {
    file: 'File',
    service: 'Service',
    systemd: 'systemd says',
    makes: 'Makes',
    lines: 'Lines',
    opens: 'Opens',
    wouldOpen: 'Would open',
    problems: 'Problems',
  },
  copies: { file: 'path of the file', service: 'unit name' },
  present,
  effects,
  template: 'a template, without an instance',
  noLines: 'it says nothing of names, wiring or security',
  serviceUndecided: 'systemd decides its name',
  line: (line: string) => `line ${line}`,
  accepted: (form: string) => `Accepted: ${form}`,
  anyPort: 'a free port',
}
