import { expect, test } from 'vitest'
import { examine } from '../engine'
import { door, hitsOf, model, run, unread } from '../testing'
import { inspectIncomplete } from './inspect-incomplete'

test('a container whose inspect failed is found with the reason, whatever its state', () => {
  expect(run(inspectIncomplete, { containers: [unread('ghost', { state: 'exited' })] }).findings).toMatchObject([
    {
      severity: 'info',
      subject: { name: 'ghost' },
      message: expect.stringContaining('inspect answered 500'),
      fix: { podman: 'podman container inspect ghost' },
    },
  ])
})

test('one that the model has no facts of at all is found too', () => {
  const spec = model({ containers: [{ name: 'ghost' }] })
  const bare = { ...spec, facts: { ...spec.facts, containers: {} } }
  const { findings } = examine([bare], { rules: [inspectIncomplete] })
  expect(findings).toMatchObject([{ subject: { name: 'ghost' }, message: expect.stringContaining('nothing was read') }])
})

test('the infra container of a pod goes by the name of the pod', () => {
  expect(hitsOf(inspectIncomplete, { containers: [unread('0a1b-infra', { pod: 'shop', isInfra: true })] })).toEqual([
    'shop',
  ])
})

test('containers that were read are no hit', () => {
  expect(hitsOf(inspectIncomplete, { containers: [{ name: 'web' }] })).toEqual([])
})

test('no other rule of the table judges it, and the report cannot be empty', () => {
  const spec = model({
    networks: [{ name: 'a' }, { name: 'b' }],
    containers: [
      unread('ghost', {
        privileged: true,
        capabilities: ['CAP_NET_ADMIN'],
        networks: { a: ['10.0.0.2'], b: ['10.0.1.2'] },
        ports: [door({ hostPort: 5432, containerPort: 5432 })],
      }),
    ],
  })
  const report = examine([spec])
  const own = report.findings.filter(one => one.subject.kind === 'container')
  expect(own.map(one => one.ruleId)).toEqual(['inspect-incomplete'])
  expect(report.notExamined).toContain('ghost: inspect answered 500')
})
