import { expect, test } from 'vitest'
import { buildTopology } from './build'
import { blindProbe, container, engineId, known, notKnown, probe, snapshot } from './testing'
import type { ContainerRecord } from '@/lib/collector/types'
import type { ProbeFacts } from '@/lib/probe/types'

const engineOf = (record: ContainerRecord, facts: ProbeFacts = probe()) =>
  buildTopology(snapshot({ containers: [record], probe: facts })).host.containers[0]?.engine

test('a container among whose processes an engine was seen is marked with what was seen', () => {
  const facts = probe({ innerEngines: known({ [engineId('pip')]: 'conmon runs among its processes' }) })
  expect(engineOf(container('pip'), facts)).toEqual({ because: 'conmon runs among its processes' })
  expect(engineOf(container('web'), facts)).toBeNull()
})

test('a stopped container runs nothing, whatever was seen before it stopped', () => {
  const facts = probe({ innerEngines: known({ [engineId('pip')]: 'conmon runs among its processes' }) })
  expect(engineOf(container('pip', { state: 'exited' }), facts)).toBeNull()
})

test('QM is known by its SELinux type, or by its unit together with its root file system', () => {
  const unit = { labels: { PODMAN_SYSTEMD_UNIT: 'qm.service' } }
  expect(engineOf(container('qm', { detail: { selinuxType: 'qm_t' } }))?.because).toContain('qm_t')
  expect(engineOf(container('qm', { summary: unit, detail: { rootfs: '/usr/lib/qm/rootfs' } }))?.because).toContain(
    'qm.service',
  )
  expect(engineOf(container('qm', { summary: unit }))).toBeNull()
  expect(engineOf(container('box', { detail: { rootfs: '/srv/box' } }))).toBeNull()
})

test('where nobody could look the host says why', () => {
  const reasonOf = (facts: ProbeFacts) => buildTopology(snapshot({ probe: facts })).host.enginesUnknownBecause
  expect(reasonOf(probe({ innerEngines: known({}) }))).toBeNull()
  expect(reasonOf(probe({ innerEngines: notKnown('hidden') }))).toBe('hidden')
  expect(reasonOf(blindProbe())).toBe(blindProbe().reason)
  expect(reasonOf(probe())).toBe('nobody looked at the processes of the containers')
})

test('what is seen later changes the model of an unchanged record', () => {
  const record = container('pip')
  expect(engineOf(record)).toBeNull()
  expect(engineOf(record, probe({ innerEngines: known({ [record.summary.id]: 'seen' }) }))).toEqual({ because: 'seen' })
})
