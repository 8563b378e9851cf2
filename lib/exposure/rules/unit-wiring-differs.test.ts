import { describe, expect, test } from 'vitest'
import { container, type ContainerSpec, network, pod } from '@/lib/topology/testing'
import { ofService, runOnFiles } from '../testing'
import { unitWiringDiffers } from './unit-wiring-differs'

const NETWORKS = [network('podman'), network('systemd-app'), network('lan')]
const APP = { 'app.network': '[Network]\n' }

/** A file beside one container of it. */
const report = (lines: string, spec: ContainerSpec, rootless = false) =>
  runOnFiles(
    unitWiringDiffers,
    { ...APP, 'web.container': `[Container]\nImage=x\n${lines}` },
    { networks: NETWORKS, rootless, containers: [container('systemd-web', { ...ofService('web.service'), ...spec })] },
  )
const findings = (lines: string, spec: ContainerSpec) => report(lines, spec).findings

const onApp: ContainerSpec = { networks: { 'systemd-app': ['10.89.0.2'] } }
const inHost: ContainerSpec = { mode: 'host', netns: 'inode of the host' }
const onPodman: ContainerSpec = { networks: { podman: ['10.88.0.2'] } }

describe('a network mode or network that differs', () => {
  test('is told, worst where it runs in the host’s namespace', () => {
    expect(findings('Network=private\n', inHost)).toMatchObject([
      {
        severity: 'medium',
        subject: { name: 'systemd-web' },
        evidence: [{ field: 'Network', value: 'file private, live host' }],
      },
    ])
  })

  test.each([
    ['Network=host\n', onPodman, 'file host, live podman'],
    ['Network=none\n', onApp, 'file none, live systemd-app'],
    ['Network=lan\n', onApp, 'file lan, live systemd-app'],
    ['Network=app.network\n', onPodman, 'file systemd-app, live podman'],
    ['Network=app.network\nNetwork=lan\n', onApp, 'file lan and systemd-app, live systemd-app'],
  ])('%j', (lines, spec, value) => {
    expect(findings(lines, spec)).toMatchObject([{ severity: 'low', evidence: [{ field: 'Network', value }] }])
  })
})

describe('ports that differ', () => {
  const web = { ...onApp, ports: [{ hostPort: 8080, containerPort: 80 }] }

  test('one that the file does not publish is worse', () => {
    expect(findings('Network=app.network\n', web)).toMatchObject([
      { severity: 'medium', evidence: [{ field: 'PublishPort', value: 'file none, live 8080:80/tcp' }] },
    ])
  })

  test('one that only the file publishes', () => {
    expect(findings('PublishPort=80:80\n', onApp)).toMatchObject([
      { severity: 'low', evidence: [{ value: 'file 80:80/tcp, live none' }] },
    ])
  })

  test('another address', () => {
    expect(findings('PublishPort=127.0.0.1:8080:80\n', web)).toMatchObject([
      { severity: 'medium', evidence: [{ value: 'file 127.0.0.1:8080:80/tcp, live 8080:80/tcp' }] },
    ])
  })
})

describe('what agrees', () => {
  test.each([
    ['', inHost],
    ['Network=host\nPublishPort=80:80\n', inHost],
    ['Network=none\n', { mode: 'none' }],
    ['Network=private\n', onPodman],
    ['Network=pasta:-t,80\n', { mode: 'pasta' }],
    ['Network=app.network:ip=10.89.0.2\n', onApp],
    ['Network=ns:/run/netns/blue\n', { mode: 'ns:/run/netns/blue' }],
    ['PublishPort=0.0.0.0:8080:80\n', { ...onApp, ports: [{ hostPort: 8080, containerPort: 80 }] }],
    ['PublishPort=80\n', { ...onApp, ports: [{ hostPort: 41_234, containerPort: 80 }] }],
    ['PublishPort=[::1]:8080:80\n', { ...onApp, ports: [{ hostIp: '0:0::1', hostPort: 8080, containerPort: 80 }] }],
    ['PublishPort=8080-8081:80-81\n', { ...onApp, ports: [{ hostPort: 8080, containerPort: 80, range: 2 }] }],
    ['PublishPort=%i:80\n', onApp],
    ['Nonsense=1\nNetwork=host\n', onApp],
    ['Network=host\n', { ...onApp, state: 'exited' as const }],
  ] satisfies [string, ContainerSpec][])('%j', (lines, spec) => expect(findings(lines, spec)).toEqual([]))

  test('a container that joins another by its unit', () => {
    const vpn = container('systemd-vpn', { ...ofService('vpn.service'), ...onApp })
    const web = container('systemd-web', {
      ...ofService('web.service'),
      mode: `container:${vpn.summary.id}`,
      netns: vpn.summary.netns,
    })
    const files = {
      'vpn.container': '[Container]\nImage=x\n',
      'web.container': '[Container]\nImage=x\nNetwork=vpn.container\n',
    }
    expect(runOnFiles(unitWiringDiffers, files, { containers: [vpn, web] }).findings).toEqual([])
  })
})

test('a pod has the wiring of its file, and its members none', () => {
  const files = {
    ...APP,
    'duo.pod': '[Pod]\nNetwork=app.network\nPublishPort=9090:90\n',
    'a.container': '[Container]\nImage=x\nPod=duo.pod\n',
  }
  const infra = container('systemd-duo-infra', {
    pod: 'systemd-duo',
    infra: true,
    ...ofService('duo-pod.service'),
    ...onApp,
    ports: [{ hostPort: 9091, containerPort: 90 }],
  })
  const member = container('systemd-a', {
    pod: 'systemd-duo',
    mode: `container:${infra.summary.id}`,
    netns: infra.summary.netns,
    ...ofService('a.service'),
  })
  const given = { networks: NETWORKS, containers: [infra, member], pods: [pod('systemd-duo')] }
  expect(runOnFiles(unitWiringDiffers, files, given).findings).toMatchObject([
    {
      subject: { kind: 'namespace', name: 'systemd-duo' },
      evidence: [{ value: 'file 9090:90/tcp, live 9091:90/tcp' }],
    },
  ])
})

test('PodmanArgs= and a container that was not read make it unknown', () => {
  const hidden = report('Network=host\nPodmanArgs=--network none\n', onApp)
  expect(hidden.findings).toEqual([])
  expect(hidden.notExamined).toContain('web.container: PodmanArgs= has --network, so what it declares is not known')
  expect(report('Network=host\n', { ...onApp, failed: 'inspect answered 500' }).notExamined).toContain(
    'systemd-web: inspect answered 500',
  )
})
