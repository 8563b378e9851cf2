import { describe, expect, it } from 'vitest'
import { PodmanError } from '../errors'
import { parseEventLine } from './event'
import { parseInfo } from './info'
import { parseNetworkList } from './network'
import { parsePodDetail, parsePodList } from './pod'

const id = 'a'.repeat(64)

describe('parseNetworkList', () => {
  const network = { name: 'n', id, driver: 'bridge', subnets: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }] }

  it('reads what older engines leave out', () => {
    expect(parseNetworkList([{ name: 'n', id, driver: 'bridge' }], '/x')[0]).toMatchObject({
      networkInterface: null,
      subnets: [],
      routes: [],
      internal: false,
      options: {},
      ipamDriver: null,
    })
  })

  it('keeps a network whose subnet it does not understand, and names it', () => {
    const subnets = [{ subnet: '10.0.0.0/33' }, ...network.subnets, { gateway: '10.0.0.1' }]
    const rows = parseNetworkList([{ ...network, subnets }], '/x')
    expect(rows[0]?.subnets.map(({ cidr }) => cidr)).toEqual(['10.0.0.0/24'])
    expect(rows.problems?.map(problem => problem.slice(0, 21))).toEqual([
      'network n: subnets[0]',
      'network n: subnets[2]',
    ])
  })

  it('takes "<nil>" for no gateway', () => {
    const subnets = [{ subnet: 'fd00::/64', gateway: '<nil>' }]
    expect(parseNetworkList([{ ...network, subnets }], '/x')[0]?.subnets[0]?.gateway).toBeNull()
  })

  it('lets a network, unlike a container, carry labels for Podwire', () => {
    const labels = { 'io.podwire.ignore/rule': 'because', other: 'x' }
    expect(parseNetworkList([{ ...network, labels }], '/x')[0]?.labels).toEqual({ 'io.podwire.ignore/rule': 'because' })
  })
})

describe('pods', () => {
  const pod = { Id: id, SharedNamespaces: ['net'], InfraContainerID: id, InfraConfig: { HostNetwork: false } }

  it('takes a pod without infra', () => {
    expect(parsePodDetail({ Id: id, InfraConfig: null, SharedNamespaces: null }, '/x')).toEqual({
      id,
      sharedNamespaces: [],
      hostNetwork: false,
      infraId: null,
      userModeOptions: null,
    })
  })

  it.each([
    { InfraConfig: { HostNetwork: 'yes' } },
    { SharedNamespaces: 'net' },
    { InfraContainerID: 7 },
    { SharedNamespaces: [7] },
  ])('refuses %j: whose namespace it is must not be guessed', changes => {
    expect(() => parsePodDetail({ ...pod, ...changes }, '/x')).toThrow(PodmanError)
  })

  it('drops members without an id from the list and says so', () => {
    const rows = parsePodList([{ Id: id, Name: 'p', Containers: [{ Id: id }, { Id: 'x' }, null] }], '/x')
    expect(rows[0]?.containerIds).toEqual([id])
    expect(rows.problems).toHaveLength(2)
  })
})

describe('parseInfo', () => {
  it('says null for what it cannot read', () => {
    const info = parseInfo({ host: { security: { rootless: 'yes' }, networkBackendInfo: { version: 7 } } }, '/info')
    expect(info).toMatchObject({ rootless: null, netavarkVersion: null, podmanVersion: null })
  })

  it('finds the version in the words around it', () => {
    const versionOf = (version: string) =>
      parseInfo({ host: { networkBackendInfo: { version } } }, '/info').netavarkVersion
    expect(versionOf('netavark 1.14.0')).toBe('1.14.0')
    expect(versionOf('netavark 2.0.0-rc1')).toBe('2.0.0-rc1')
    expect(versionOf('netavark')).toBeNull()
  })
})

describe('parseEventLine', () => {
  const event = (changes: object) =>
    JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: id }, ...changes })

  it('takes the name of a created network from where Podman puts it', () => {
    const Actor = { ID: id, Attributes: { name: '', network: 'frontend' } }
    expect(parseEventLine(event({ Type: 'network', Action: 'create', Actor }))).toEqual({
      type: 'network',
      action: 'create',
      id,
      name: 'frontend',
    })
  })

  it('passes unknown types and actions on, and drops ids that are none', () => {
    expect(parseEventLine(event({ Type: 'quantum', Action: 'tunnel', Actor: { ID: '../x' } }))).toEqual({
      type: 'quantum',
      action: 'tunnel',
      id: '',
      name: null,
    })
  })

  it.each(['', '{', '{}', '[]', 'null', event({ Type: 7 }), event({ Actor: null }), event({ Action: '' })])(
    'calls %j malformed',
    line => {
      expect(parseEventLine(line)).toBe('malformed')
    },
  )

  it('does not mind strange times and huge attributes', () => {
    const Attributes = { name: 'web', x: 'y'.repeat(1_000_000) }
    expect(parseEventLine(event({ time: -1.5, timeNano: 'x', Actor: { ID: id, Attributes } }))).toMatchObject({
      name: 'web',
    })
  })
})
