/** A canary in every text of an answer that is not on the list below: none may come out of the parsers. */
import { describe, expect, it } from 'vitest'
import { containersPath, recordedBody, recordedIds, recordingNames } from '../testing'
import { parseContainerDetail } from './container-inspect'
import { parseContainerList } from './container-list'
import { parseEventLine } from './event'
import { parseInfo } from './info'
import { parseNetworkList } from './network'
import { parsePodDetail, parsePodList } from './pod'
import { parseVersion } from './version'
import { parseVolumeList } from './volume'

const canary = 'CANARY-5f2c'

/** Texts that are meant to be shown, by path; `*` is any key or index. */
const shown: Record<string, readonly string[]> = {
  list: [
    '*.Id',
    '*.Names.*',
    '*.Image',
    '*.Pod',
    '*.Networks.*',
    '*.Ports.*.host_ip',
    '*.Status',
    '*.Labels.PODMAN_SYSTEMD_UNIT',
  ],
  inspect: [
    'Id',
    'Name',
    'Pod',
    'Rootfs',
    'Dependencies.*',
    'Mounts.*.Type',
    'Mounts.*.Source',
    'Mounts.*.Destination',
    'Mounts.*.Propagation',
    'State.Health.Status',
    'NetworkSettings.SandboxKey',
    'NetworkSettings.Networks.*.NetworkID',
    'NetworkSettings.Networks.*.MacAddress',
    'NetworkSettings.Networks.*.Aliases.*',
    'Config.User',
    'HostConfig.NetworkMode',
    'HostConfig.PidMode',
    'HostConfig.IpcMode',
    'HostConfig.UTSMode',
    'HostConfig.UsernsMode',
    'HostConfig.RestartPolicy.Name',
    'HostConfig.Devices.*.PathOnHost',
    'HostConfig.ExtraHosts.*',
  ],
  networks: [
    '*.id',
    '*.name',
    '*.driver',
    '*.network_interface',
    '*.ipam_options.driver',
    '*.options.isolate',
    '*.options.mode',
  ],
  pods: ['*.Id', '*.Name', '*.Status', '*.InfraId', '*.Networks.*', '*.Containers.*.Id'],
  pod: ['Id', 'InfraContainerID', 'SharedNamespaces.*'],
  volumes: ['*.Name', '*.Driver', '*.Options.type', '*.Options.device'],
  info: [
    'version.Version',
    'host.hostname',
    'host.networkBackend',
    'host.networkBackendInfo.defaultNetwork',
    'host.rootlessNetworkCmd',
    'host.rootlessPortForwarder',
    'host.eventLogger',
  ],
  version: ['Version'],
}

const matches = (pattern: string, path: readonly string[]): boolean => {
  const steps = pattern.split('.')
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index])
}

/** Every text that is not shown becomes the canary; so that lists and maps that are empty are tried too, each gets one. */
const poisoned = (value: unknown, patterns: readonly string[], path: readonly string[] = []): unknown => {
  if (typeof value === 'string') return patterns.some(pattern => matches(pattern, path)) ? value : canary
  if (Array.isArray(value)) return value.map((inner, index) => poisoned(inner, patterns, [...path, String(index)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, poisoned(inner, patterns, [...path, key])]),
  )
}

/** What the recorded containers do not have. */
const extras = {
  Config: {
    Env: [canary],
    Secrets: [{ Name: canary, ID: canary }],
    Healthcheck: { Test: ['CMD', canary] },
    Labels: { [canary]: 'x', 'traefik.http.middlewares.auth.basicauth.users': canary, __proto__: canary },
    Annotations: { 'io.podman.annotations.x': canary },
    CreateCommand: [
      'podman',
      'run',
      '-e',
      canary,
      '--network',
      `pasta:${canary},-T,${canary},--log-file=/${canary}`,
      'img',
      canary,
    ],
  },
  HostConfig: { SecurityOpt: [`${canary}=1`], Annotations: { x: canary }, LogConfig: { Tag: canary } },
  State: { Health: { Status: 'healthy', Log: [{ Output: canary }] }, Error: canary },
}

const merged = (value: unknown, more: Readonly<Record<string, object>>): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const changes = Object.entries(more).map(([key, extra]) => [key, { ...Reflect.get(value, key), ...extra }])
  return { ...value, ...Object.fromEntries(changes) }
}

const told = (parse: (raw: unknown, template: string) => unknown, raw: unknown): string => {
  const result = parse(raw, '/x')
  return JSON.stringify([
    result,
    typeof result === 'object' && result !== null && 'problems' in result && result.problems,
  ])
}

describe.each(recordingNames)('P3 %s', recording => {
  it('gives away nothing of the container list', () => {
    const text = told(parseContainerList, poisoned(recordedBody(recording, containersPath), shown['list'] ?? []))
    expect(text).not.toContain(canary)
    expect(text.length).toBeGreaterThan(500)
  })

  it('gives away nothing of an inspect', () => {
    for (const id of recordedIds(recording)) {
      const raw = poisoned(recordedBody(recording, `/containers/${id}/json`), shown['inspect'] ?? [])
      for (const mode of [null, 'pasta', `slirp4netns:${canary}=1`]) {
        const full = merged(
          raw,
          mode === null ? extras : { ...extras, HostConfig: { ...extras.HostConfig, NetworkMode: mode } },
        )
        expect(told(parseContainerDetail, full)).not.toContain(canary)
      }
    }
  })

  it('gives away nothing of networks, pods, info and version', () => {
    const networks = recordedBody(recording, '/networks/json')
    expect(told(parseNetworkList, poisoned(networks, shown['networks'] ?? []))).not.toContain(canary)
    expect(told(parsePodList, poisoned(recordedBody(recording, '/pods/json'), shown['pods'] ?? []))).not.toContain(
      canary,
    )
    for (const id of recordedIds(recording, '/pods/json')) {
      const pod = poisoned(recordedBody(recording, `/pods/${id}/json`), shown['pod'] ?? [])
      expect(told(parsePodDetail, pod)).not.toContain(canary)
    }
    expect(told(parseInfo, poisoned(recordedBody(recording, '/info'), shown['info'] ?? []))).not.toContain(canary)
    expect(told(parseVersion, poisoned(recordedBody(recording, '/version'), shown['version'] ?? []))).not.toContain(
      canary,
    )
  })
})

describe('P3 what the recordings do not have', () => {
  it('drops passwords of volume options', () => {
    const options = {
      type: 'cifs',
      o: `username=me,password=${canary},bind,ro`,
      device: `https://me:${canary}@server/share`,
      [canary]: canary,
    }
    const raw = [{ Name: 'v', Driver: 'local', Labels: { a: canary }, Mountpoint: canary, Options: options }]
    const text = told(parseVolumeList, raw)
    expect(text).not.toContain(canary)
    expect(JSON.parse(text)[0]).toEqual([
      { name: 'v', driver: 'local', options: { type: 'cifs', o: 'bind,ro', device: 'https://server/share' } },
    ])
  })

  it('drops labels, options and DNS servers of networks', () => {
    const id = 'a'.repeat(64)
    const raw = [
      {
        name: 'n',
        id,
        driver: 'plugin',
        labels: { secret: canary },
        options: { password: canary, isolate: 'true', mtu: canary.repeat(10) },
        network_dns_servers: [canary],
      },
    ]
    expect(told(parseNetworkList, raw)).not.toContain(canary)
  })

  it('drops userinfo in images and shown labels', () => {
    const raw = [
      {
        Id: 'a'.repeat(64),
        Image: `https://me:${canary}@registry.example/app:1`,
        Labels: { 'org.opencontainers.image.source': `https://me:${canary}@git.example/x?token=${canary}` },
      },
    ]
    const text = told(parseContainerList, raw)
    expect(text).not.toContain(canary)
    expect(text).toContain('https://registry.example/app:1')
    expect(text).toContain('https://git.example/x')
  })

  it('drops the attributes of events', () => {
    const line = JSON.stringify({
      Type: 'container',
      Action: 'health_status',
      HealthStatus: canary,
      HealthLog: canary,
      Actor: { ID: 'a'.repeat(64), Attributes: { name: 'web', image: canary, secret: canary, [canary]: canary } },
    })
    expect(JSON.stringify(parseEventLine(line))).not.toContain(canary)
  })

  it('P15 does not let an image speak for Podwire', () => {
    const labels = { 'io.podwire.ignore/privileged': 'ok' }
    expect(told(parseContainerList, [{ Id: 'a'.repeat(64), Labels: labels }])).not.toContain('io.podwire')
    const annotations = { ...labels, 'io.podwire.ignore/host-network': 'fine', other: 'x' }
    const CreateCommand = [
      'podman',
      'run',
      '--annotation',
      'io.podwire.ignore/privileged=ok',
      'img',
      '--annotation',
      'io.podwire.ignore/host-network=x',
    ]
    const raw = recordedBody('podman-5.4.2.json', `/containers/${recordedIds('podman-5.4.2.json')[0]}/json`)
    const of = (Config: object) =>
      parseContainerDetail(merged(raw, { Config: { Annotations: annotations, Labels: labels, ...Config } }), '/x')
    // Podman 4.3.1 copies those of the image: only what the command has was meant by who runs the container.
    expect(of({ CreateCommand })).toMatchObject({
      annotations: labels,
      unaskedAnnotations: ['io.podwire.ignore/host-network'],
    })
    expect(of({ CreateCommand: [] })).toMatchObject({
      annotations: {},
      unaskedAnnotations: ['io.podwire.ignore/privileged', 'io.podwire.ignore/host-network'],
    })
  })
})
