import { expect, test } from 'vitest'
import { container, network } from '@/lib/topology/testing'
import { ofService, runOnFiles } from '../testing'
import { unitNetworkMissing } from './unit-network-missing'

const web = (line: string) => ({ 'web.container': `[Container]\nImage=x\n${line}\n` })
const of = (files: Record<string, string>, given = {}) => runOnFiles(unitNetworkMissing, files, given)

test('a file that is not there, with file and line', () => {
  expect(of(web('Network=app.network')).findings).toMatchObject([
    {
      subject: { kind: 'host' },
      message: expect.stringMatching(
        /web\.container: line 3: requested Quadlet unit app\.network was not found;.*Podman makes no service of it\.$/,
      ),
    },
  ])
})

test('a network that neither the engine nor a file has', () => {
  expect(of(web('Network=lan')).findings).toMatchObject([
    { message: expect.stringContaining('line 3: there is no network lan') },
  ])
})

test('what runs was made before', () => {
  const containers = [container('systemd-web', ofService('web.service'))]
  expect(of(web('Network=app.network'), { containers }).findings).toMatchObject([
    { message: expect.stringContaining('What runs was made before') },
  ])
})

test('networks that are there, that a file declares, and modes are no hit', () => {
  const files = { 'app.network': '[Network]\nNetworkName=app\n' }
  expect(of({ ...files, ...web('Network=app.network') }).findings).toEqual([])
  expect(of({ ...files, ...web('Network=app') }).findings).toEqual([])
  expect(of(web('Network=lan:ip=10.0.0.2'), { networks: [network('lan')] }).findings).toEqual([])
  expect(of(web('Network=host')).findings).toEqual([])
  expect(of(web('Network=%i')).findings).toEqual([])
})

test('of a host that was never read, networks by name are unknown', () => {
  expect(of(web('Network=lan'), { status: 'unreachable' }).findings).toEqual([])
  expect(of({}, { units: { known: false, because: 'Not here.' } }).notExamined).toContain('quadlet files: Not here.')
})
