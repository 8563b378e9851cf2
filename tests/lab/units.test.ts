/** Quadlet files of hosts that have no quadlet API, found by search paths, beside what runs; and Podman's generator as the judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { declareUnits, isSkipped } from '@/lib/quadlet/declare'
import { buildTopology } from '@/lib/topology/build'
import { declaredSnapshot } from '@/lib/topology/declared'
import type { HostModel, Unit } from '@/lib/topology/types'
import { findingsSchema } from '@/lib/server/schema'
import { podwireThere } from './commands'
import { type LabHost, startLabHost, type User } from './host'
import { modelOfLab } from './model'

interface Told {
  units: Unit[]
  /** Rule and name of those that are about files. */
  drift: string[]
}

async function read(lab: LabHost): Promise<Told> {
  const model = await modelOfLab(lab.engine)
  if (model.host.units === null) throw new Error(model.host.unitsUnknownBecause ?? 'no reason')
  const { findings } = examine([model])
  const drift = findings
    .filter(({ ruleId }) => ruleId.startsWith('unit-'))
    .map(({ ruleId, subject }) => `${ruleId} ${subject.kind === 'host' ? 'host' : subject.name}`)
  return { units: model.host.units, drift: drift.toSorted((a, b) => (a < b ? -1 : 1)) }
}

const DIRS: Record<User, string> = { root: '/etc/containers/systemd', dev: '/home/dev/.config/containers/systemd' }

describe.each(['root', 'dev'] as const)('trixie, %s', user => {
  const dir = DIRS[user]
  let lab: LabHost
  let before: Told
  let after: Told
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie', user, scenario: 'units' })
    before = await read(lab)
    await lab.engine.bash(`
      cd ${dir}
      sed -i s/8080/8081/ web.container
      echo '# looked over' >> private.container
      mkdir hostmode.container.d
      printf '[Container]\\nNetwork=\\nNetwork=none\\n' > hostmode.container.d/10-none.conf
      printf '[Container]\\nImage=x\\nPublishPort=9090:1\\n' > rival.container
      printf '[Container]\\nImage=x\\nNetwork=nowhere.network\\n' > lost.container
    `)
    after = await read(lab)
  })
  afterAll(() => lab?.stop())

  test('every file is found, with what it makes, and whether that runs', () => {
    expect(before.units.map(({ path, service, makes, present }) => [path, service, makes, present])).toEqual([
      [`${dir}/app.network`, 'app-network.service', 'systemd-app', 'yes'],
      [`${dir}/broken.container`, 'broken.service', 'systemd-broken', 'no'],
      [`${dir}/db.container`, 'db.service', 'network-test-db', 'yes'],
      [`${dir}/drift.network`, 'drift-network.service', 'systemd-drift', 'yes'],
      [`${dir}/drifter.container`, 'drifter.service', 'drifter', 'yes'],
      [`${dir}/duo-a.container`, 'duo-a.service', 'systemd-duo-a', 'yes'],
      [`${dir}/duo.pod`, 'duo-pod.service', 'systemd-duo', 'yes'],
      [`${dir}/hostmode.container`, 'hostmode.service', 'network-test-host', 'yes'],
      [`${dir}/private.container`, 'private.service', 'network-test-private', 'yes'],
      [`${dir}/stopped.container`, 'stopped.service', 'systemd-stopped', 'no'],
      [`${dir}/web.container`, 'web.service', 'systemd-web', 'yes'],
    ])
    for (const unit of before.units)
      expect(unit).toMatchObject({ state: null, stateUnknownBecause: 'no systemd runs there' })
  })

  test('the stopped one has the door that it would open', () => {
    const stopped = before.units.find(({ name }) => name === 'stopped.container')
    expect(stopped?.doors).toEqual([
      expect.objectContaining({
        hostIp: '',
        hostPort: 5432,
        scope: 'wildcard',
        file: `${dir}/stopped.container`,
        line: 5,
      }),
    ])
  })

  test('the drifted network and the broken file are told, and nothing else', () => {
    expect(before.drift).toEqual(['unit-file-broken host', 'unit-network-differs systemd-drift'])
  })

  test('whoever owns the engine sees the same with rights of his own', async () => {
    // The first run bundles, which only root may here.
    await podwireThere(lab, 'root', 'check', '--help')
    const { stdout, stderr } = await podwireThere(lab, user, 'check', '--format', 'json')
    if (stdout === '') throw new Error(stderr)
    const { findings } = findingsSchema.parse(JSON.parse(stdout))
    const rules = new Set(findings.map(({ ruleId }) => ruleId).filter(ruleId => ruleId.startsWith('unit-')))
    expect([...rules].toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      ...new Set(after.drift.map(one => one.split(' ')[0])),
    ])
  })

  test('each later change is told where it was made', () => {
    expect(after.drift).toEqual([
      'unit-file-broken host',
      'unit-file-newer network-test-private',
      'unit-network-differs systemd-drift',
      'unit-network-missing host',
      'unit-port-contention host',
      'unit-wiring-differs network-test-host',
      'unit-wiring-differs systemd-web',
    ])
  })
})

describe('trixie, the files alone', () => {
  let lab: LabHost
  beforeAll(async () => {
    lab = await startLabHost({ suite: 'trixie', scenario: 'units', env: { LATER: 'no' } })
  })
  afterAll(() => lab?.stop())

  test('have the findings that the host has once they run, but those that only its kernel can tell', async () => {
    const live = await modelOfLab(lab.engine)
    const { podman, netavark } = live.host.engine ?? { podman: null, netavark: null }
    const about = { name: 'lab', rootless: false, podman, netavark }
    const declared = buildTopology(declaredSnapshot(live.facts.units ?? [], about))
    const told = (model: HostModel) =>
      examine([model]).findings.map(
        ({ ruleId, severity, subject }) => `${severity} ${ruleId} ${subject.kind === 'host' ? 'host' : subject.name}`,
      )
    const alone = told(declared)
    const running = told(live)
    expect(alone.filter(one => !running.includes(one))).toEqual([])
    // What listens, and which interfaces there are.
    expect(running.filter(one => !alone.includes(one)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'info published-but-silent drifter',
      'info published-but-silent systemd-duo',
      'info published-but-silent systemd-web',
      'medium reachable-by-route host',
    ])
  })
})

/** What only Podman itself can say of such files. */
const ODD: Readonly<Record<string, string>> = {
  'image.container': '[Container]\nNetwork=host\n',
  'both.container': '[Container]\nImage=x\nRootfs=/y\n',
  'group.container': '[Container]\nImage=x\nGroup=1\n',
  'key.container': '[Container]\nImage=x\nNetwrok=host\n',
  'later.container': '[Container]\nImage=x\nMemory=1g\n',
  'quoted.container': '[Container]\nImage=x\nContainerName="a-b"\nNetwork=app.network:ip=10.0.0.9\n',
  'podless.container': '[Container]\nImage=x\nPod=none.pod\n',
  'notpod.container': '[Container]\nImage=x\nPod=none\n',
  'lost.container': '[Container]\nImage=x\nNetwork=none.network\n',
  'onbad.container': '[Container]\nImage=x\nNetwork=bad.network\n',
  'join.container': '[Container]\nImage=x\nNetwork=quoted.container\n',
  'joinopts.container': '[Container]\nImage=x\nNetwork=quoted.container:ip=10.0.0.1\n',
  'goes-on.container': '[Container]\nImage=x\nNetwork=ho\\\n# in between\n\nst\nPublishPort=80:80\n',
  'reset.container': '[Container]\nImage=x\nNetwork=host\nNetwork=\nNetwork=none\n',
  'named.container': '[Container]\nImage=x\nServiceName=other\n',
  'type.container': '[Container]\nImage=x\n[Service]\nType=simple\n',
  'at@.container': '[Container]\nImage=x\n',
  'onat.container': '[Container]\nImage=x\nNetwork=at@.container\n',
  'app.network': '[Network]\nNetworkName=app\nSubnet=10.0.0.0/24\n',
  'bad.network': '[Network]\nFoo=1\n',
  'gate.network': '[Network]\nGateway=10.0.0.1\n',
  'gates.network': '[Network]\nSubnet=10.0.0.0/24\nGateway=10.0.0.1\nGateway=10.0.0.2\n',
  'two.pod': '[Pod]\nPodName=both\nPublishPort=8080:80\n',
  'k.kube': '[Kube]\nPublishPort=80:80\n',
  'v.volume': '[Volume]\nType=bind\n',
  'i.image': '[Image]\nPolicy=missing\n',
  'b.build': '[Build]\nFile=/x\n',
}

/** What the generator made of the files: services by name, and complaints by file. */
async function generate(lab: LabHost, files: Readonly<Record<string, string>>) {
  const script = Object.entries(files).map(
    ([name, text]) => `printf %s '${text.replaceAll("'", String.raw`'\''`)}' > /tmp/odd/${name}`,
  )
  const said = await lab.root.bash(
    `mkdir -p /tmp/odd; ${script.join('\n')}\nQUADLET_UNIT_DIRS=/tmp/odd /usr/libexec/podman/quadlet -dryrun 2>&1 || true`,
  )
  const services = [...said.matchAll(/^---(.+)---$/gm)].map(([, service = '']) => service)
  const complaints = [...said.matchAll(/converting "([^"]+)": (.*)$/gm)]
  return {
    said,
    services: services.toSorted(),
    refused: new Map(complaints.map(([, file = '', words = '']) => [file, words])),
  }
}

describe.each(['trixie', 'experimental'] as const)('the generator of %s', suite => {
  let lab: LabHost
  let podman = ''
  beforeAll(async () => {
    lab = await startLabHost({ suite })
    podman = (await lab.root.podman('version', '--format', '{{.Version}}')).trim()
  })
  afterAll(() => lab?.stop())

  const declare = (files: Readonly<Record<string, string>>) =>
    declareUnits(
      Object.entries(files).map(([name, text]) => ({ path: `/tmp/odd/${name}`, text, dropIns: [] })),
      { podman },
    )

  test('makes the services that are expected of it, and complains in the same words of the same files', async () => {
    const { services, refused } = await generate(lab, ODD)
    const units = declare(ODD)
    expect(units.flatMap(unit => (isSkipped(unit) ? [] : (unit.service ?? []))).toSorted()).toEqual(services)
    const skipped = units.filter(unit => isSkipped(unit))
    expect(skipped.map(({ name }) => name)).toEqual([...refused.keys()].toSorted())
    for (const { name, problems } of skipped) {
      const words = refused.get(name) ?? ''
      expect(
        problems.some(({ message }) => words.startsWith(message)),
        `${name}: ${words}`,
      ).toBe(true)
    }
  })

  test('is given the names and networks that are expected', async () => {
    const { said } = await generate(lab, ODD)
    const commands = new Map(
      [...said.matchAll(/^---(.+)---$[\s\S]*?^ExecStart=(.*)$/gm)].map(([, name = '', command = '']) => [
        name,
        command,
      ]),
    )
    expect(commands.get('goes-on.service')).toContain('--network host')
    expect(commands.get('reset.service')).toContain('--network none')
    expect(commands.get('join.service')).toContain('--network container:a-b')
    expect(commands.get('quoted.service')).toContain('--network app:ip=10.0.0.9')
    const byName = new Map(declare(ODD).map(unit => [unit.name, unit]))
    expect(byName.get('goes-on.container')?.networks.map(({ value }) => value.kind)).toEqual(['host'])
    expect(byName.get('reset.container')?.networks.map(({ value }) => value.kind)).toEqual(['none'])
    expect(byName.get('join.container')?.networks.map(({ name }) => name)).toEqual(['a-b'])
    expect(byName.get('quoted.container')?.networks.map(({ name }) => name)).toEqual(['app'])
  })

  test('skips a whole folder for one file whose text it refuses', async () => {
    const files = { ...ODD, 'text.container': '[Container]\nnonsense\n' }
    expect((await generate(lab, files)).services).toEqual([])
    expect(declare(files).every(unit => isSkipped(unit))).toBe(true)
  })
})
