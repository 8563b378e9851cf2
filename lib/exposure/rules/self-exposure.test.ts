import { expect, test } from 'vitest'
import type { Settings } from '../types'
import { run } from '../testing'
import { selfExposure } from './self-exposure'

const self: NonNullable<Settings['self']> = {
  hostId: 'test',
  listen: '0.0.0.0:4410',
  loopback: false,
  authenticated: false,
  anyHostName: false,
}

test('an open listener without a token is high', () => {
  expect(run(selfExposure, {}, { self }).findings).toMatchObject([
    {
      severity: 'high',
      subject: { kind: 'host' },
      message: expect.stringContaining('listens on 0.0.0.0:4410 and asks for no token'),
    },
  ])
})

test('answering under any host name is one, on loopback too', () => {
  expect(run(selfExposure, {}, { self: { ...self, loopback: true, anyHostName: true } }).findings).toHaveLength(1)
})

test('loopback, a token, and another host are no hit', () => {
  for (const safe of [{ loopback: true }, { authenticated: true }, { hostId: 'other' }])
    expect(run(selfExposure, {}, { self: { ...self, ...safe } }).findings).toEqual([])
})

test('where Podwire does not listen, there is nothing to tell', () => {
  expect(run(selfExposure, {}, { self: null })).toEqual({ findings: [], notExamined: ['host firewall'] })
})

test('which host it runs on is unknown, and only told when it is open', () => {
  const somewhere = { ...self, hostId: null }
  expect(run(selfExposure, {}, { self: somewhere })).toEqual({
    findings: [],
    notExamined: [
      'host firewall',
      'Podwire listens on 0.0.0.0:4410 and asks for no token; whether it runs on this host is not known',
    ],
  })
  expect(run(selfExposure, {}, { self: { ...somewhere, authenticated: true } }).notExamined).toEqual(['host firewall'])
})
