import { expect, test } from 'vitest'
import { container } from '@/lib/topology/testing'
import { ofService, runOnFiles } from '../testing'
import { unitFileBroken } from './unit-file-broken'

const PATH = '/etc/containers/systemd/web.container'
const good = '[Container]\nImage=x\n'
const of = (text: string, given = {}) => runOnFiles(unitFileBroken, { 'web.container': text }, given)

test('an unknown key, with file, line and the accepted form', () => {
  expect(of('[Container]\nImage=x\nNetwrok=host\n').findings).toMatchObject([
    {
      severity: 'low',
      subject: { kind: 'host' },
      message: `${PATH}: line 3: unsupported key 'Netwrok' in group 'Container' in ${PATH}; accepted: Network=. Podman makes no service of it.`,
      evidence: [{ field: PATH, value: expect.stringContaining('line 3') }],
    },
  ])
})

test('a file whose text is refused is told once, with those that are skipped beside it', () => {
  const { findings } = runOnFiles(unitFileBroken, {
    'bad.container': 'nonsense\n',
    'a.container': good,
    'b.container': good,
  })
  expect(findings).toMatchObject([
    { message: expect.stringContaining('With it, Podman skips a.container and b.container.') },
  ])
})

test('a port that Podman does not understand lets the service fail', () => {
  expect(of(`${good}PublishPort=web\n`).findings).toMatchObject([
    { message: expect.stringContaining('Its service does not start.') },
  ])
})

test('what still runs was made before', () => {
  const containers = [container('systemd-web', ofService('web.service'))]
  expect(of(`${good}Nonsense=1\n`, { containers }).findings).toMatchObject([
    { message: expect.stringContaining('What runs was made before.') },
  ])
})

test('files that are right, and networks that are missing, are no hit', () => {
  expect(of(good).findings).toEqual([])
  expect(of(`${good}Network=none.network\n`).findings).toEqual([])
})

test('files that are not known are unknown', () => {
  expect(of(good, { units: { known: false, because: 'Not here.' } }).notExamined).toContain('quadlet files: Not here.')
  expect(of(good, { units: { known: true, units: [], notes: ['/etc/x: EACCES'] } }).notExamined).toContain(
    'quadlet files: /etc/x: EACCES',
  )
})
