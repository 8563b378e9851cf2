import { expect, test } from 'vitest'
import { container } from '@/lib/topology/testing'
import { ofService, runOnFiles } from '../testing'
import { unitFileNewer } from './unit-file-newer'

const text = '[Container]\nImage=x\n'
const web = (state: 'running' | 'exited' = 'running', failed?: string) => ({
  containers: [
    container('systemd-web', { state, ...ofService('web.service'), ...(failed !== undefined && { failed }) }),
  ],
})
/** Containers of the builders are made as 2026 begins. */
const changed = (modifiedAt: string, given = web()) =>
  runOnFiles(unitFileNewer, { 'web.container': { text, modifiedAt } }, given)

test('a file that was changed after its container was made', () => {
  expect(changed('2026-01-01T00:00:00.001Z').findings).toMatchObject([
    {
      severity: 'info',
      subject: { kind: 'container', name: 'systemd-web' },
      fix: { podman: '# systemctl daemon-reload\n# systemctl restart web.service' },
    },
  ])
})

test('an older file, and one of which nothing runs', () => {
  const files = { 'web.container': { text, modifiedAt: '2025-12-31T23:59:59.999Z' } }
  expect(runOnFiles(unitFileNewer, files, web()).findings).toEqual([])
  expect(changed('2027-01-01T00:00:00.000Z', web('exited')).findings).toEqual([])
  expect(changed('2027-01-01T00:00:00.000Z', { containers: [] }).findings).toEqual([])
})

test('without the time of change, or of the container, it is unknown', () => {
  expect(runOnFiles(unitFileNewer, { 'web.container': text }, web()).notExamined).toContain(
    'quadlet files: when they were changed is not known',
  )
  expect(changed('2027-01-01T00:00:00.000Z', web('running', 'inspect answered 500'))).toMatchObject({
    findings: [],
    notExamined: ['host firewall', expect.stringContaining('systemd-web: inspect answered 500')],
  })
})
