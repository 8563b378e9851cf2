import { describe, expect, it } from 'vitest'
import { PodmanError } from '../errors'
import type { ContainerDetail } from '../types'
import { parseContainerDetail } from './container-inspect'

const id = 'a'.repeat(64)

const base = {
  Id: id,
  Name: 'web',
  State: { Status: 'running', Pid: 7, ConmonPid: 6 },
  Mounts: [],
  NetworkSettings: { Networks: {} },
  HostConfig: { NetworkMode: 'bridge', Privileged: false, PidMode: 'private', IpcMode: 'shareable' },
}

const inspect = (changes: object = {}): ContainerDetail =>
  parseContainerDetail(JSON.parse(JSON.stringify({ ...base, ...changes })), '/containers/{id}/json')

const withHost = (changes: object) => inspect({ HostConfig: { ...base.HostConfig, ...changes } })
const withNetworks = (Networks: unknown, NetworkMode = 'bridge') =>
  inspect({ NetworkSettings: { Networks }, HostConfig: { ...base.HostConfig, NetworkMode } })

describe('parseContainerDetail', () => {
  it('has no problem with the least that an engine says', () => {
    expect(inspect().problems).toEqual([])
  })

  it('reads both generations of Entrypoint and StopSignal by not reading them', () => {
    for (const Config of [
      { Entrypoint: '', StopSignal: 15 },
      { Entrypoint: ['sh'], StopSignal: 'SIGTERM' },
    ]) {
      expect(inspect({ Config }).problems).toEqual([])
    }
  })

  it('takes all addresses, IPv4 first, and no prefix', () => {
    const frontend = {
      IPAddress: '10.89.0.2',
      GlobalIPv6Address: 'fd00::2',
      SecondaryIPAddresses: [{ Addr: '10.89.0.9', PrefixLength: 24 }],
      SecondaryIPv6Addresses: [{ Addr: 'fd00::9', PrefixLength: 64 }],
      Gateway: '<nil>',
      IPv6Gateway: 'fd00::1',
      MacAddress: '',
      NetworkID: 'frontend',
      Aliases: null,
    }
    expect(withNetworks({ frontend }).attachments).toEqual([
      {
        networkName: 'frontend',
        networkId: 'frontend',
        addresses: ['10.89.0.2', '10.89.0.9', 'fd00::2', 'fd00::9'],
        mac: null,
        gateway: 'fd00::1',
        aliases: [],
      },
    ])
  })

  it('keeps networks with names that are traps for objects', () => {
    const networks = JSON.parse('{"constructor": {"IPAddress": "10.0.0.2"}, "toString": {"IPAddress": ""}}')
    expect(withNetworks(networks).attachments?.map(({ networkName }) => networkName)).toEqual([
      'constructor',
      'toString',
    ])
  })

  it('drops an address that is none and says so', () => {
    const { attachments, problems } = withNetworks({ a: { IPAddress: '10.0.0.256', NetworkID: 'a' } })
    expect(attachments?.[0]).toMatchObject({ networkName: 'a', networkId: 'a', addresses: [] })
    expect(problems).toEqual(['NetworkSettings.Networks.a.IPAddress: not an address'])
  })

  it('knows the modes that Podman lists as networks', () => {
    const nothing = { IPAddress: '', NetworkID: 'x' }
    expect(withNetworks({ host: nothing }, 'host').attachments).toEqual([])
    expect(withNetworks({ none: nothing }, 'none').attachments).toEqual([])
    expect(withNetworks({ pasta: nothing }, 'pasta').attachments).toBeNull()
    expect(withNetworks(undefined, 'pasta').attachments).toBeNull()
    expect(withNetworks({ pasta: nothing }, `container:${id}`).attachments).toBeNull()
    expect(withNetworks({ host: nothing }).attachments).toHaveLength(1)
  })

  it('takes exposed ports from where either generation names them, and none of the owner of a joined namespace', () => {
    const changes = {
      Config: { ExposedPorts: { '80/tcp': {} } },
      NetworkSettings: { Networks: {}, Ports: { '80/tcp': null, '53/udp': null, '443/tcp': [{ HostPort: '443' }] } },
    }
    expect(inspect(changes).exposedPorts).toEqual(['80/tcp', '53/udp'])
    const HostConfig = { ...base.HostConfig, NetworkMode: `container:${id}` }
    expect(inspect({ ...changes, HostConfig }).exposedPorts).toEqual(['80/tcp'])
  })

  it('keeps what confines and what does not, and nothing else that is called security', () => {
    const SecurityOpt = ['no-new-privileges', 'label=disable', 'seccomp=/x.json', 'unmask=all', 'secret=1', 'labelled']
    expect(withHost({ SecurityOpt }).securityOpt).toEqual(SecurityOpt.slice(0, 4))
  })

  it('tells apart no capabilities and capabilities not said', () => {
    expect(inspect()).toMatchObject({ boundingCaps: null, effectiveCaps: null })
    expect(inspect({ BoundingCaps: [], EffectiveCaps: null })).toMatchObject({ boundingCaps: [], effectiveCaps: null })
  })

  it('names a volume by its name and a bind mount by its path', () => {
    const Mounts = [
      {
        Type: 'volume',
        Name: 'data',
        Source: '/var/lib/containers/storage/volumes/data/_data',
        Destination: '/d',
        RW: true,
      },
      { Type: 'bind', Source: '/srv', Destination: '/s', RW: false, Propagation: 'rprivate' },
    ]
    expect(inspect({ Mounts }).mounts).toEqual([
      { type: 'volume', source: 'data', destination: '/d', writable: true, propagation: null, name: 'data' },
      { type: 'bind', source: '/srv', destination: '/s', writable: false, propagation: 'rprivate', name: null },
    ])
  })

  it('reports a mount it does not understand, and keeps the others', () => {
    const good = { Type: 'bind', Source: '/a', Destination: '/a', RW: true }
    const { mounts, problems } = inspect({ Mounts: [{ ...good, RW: 'no' }, good, { ...good, Destination: undefined }] })
    expect(mounts).toHaveLength(1)
    expect(problems.map(problem => problem.slice(0, 10))).toEqual(['Mounts[0]:', 'Mounts[2]:'])
  })

  it('keeps the devices around one without a path', () => {
    const { devices, problems } = withHost({ Devices: [{ PathOnHost: '/dev/a' }, {}, { PathOnHost: '/dev/b' }] })
    expect(devices).toEqual(['/dev/a', '/dev/b'])
    expect(problems).toHaveLength(1)
  })

  it('takes the type out of an SELinux label', () => {
    expect(inspect({ ProcessLabel: 'system_u:system_r:qm_t:s0:c1,c2' }).selinuxType).toBe('qm_t')
    expect(inspect({ ProcessLabel: '' }).selinuxType).toBeNull()
  })

  it.each(['NetworkMode', 'Privileged', 'PidMode', 'IpcMode'])('says that %s is absent or not understood', field => {
    for (const value of [undefined, null, 7.5]) {
      const { problems } = withHost({ [field]: value })
      expect(problems.join()).toContain(`HostConfig.${field}: `)
    }
  })

  it('says that mounts are absent, and takes null for none', () => {
    expect(inspect({ Mounts: undefined }).problems).toEqual(['Mounts: absent'])
    expect(inspect({ Mounts: null }).problems).toEqual([])
  })

  it.each([{ Id: 'short' }, { Id: undefined }, { HostConfig: null }, { HostConfig: [] }])('refuses %j', changes => {
    expect(() => inspect(changes)).toThrow(PodmanError)
  })
})
