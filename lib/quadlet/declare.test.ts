import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { declareUnits, isSkipped } from './declare'
import { containerFile, declared, source } from './testing'

const LONG = 'x'.repeat(600)

describe('names', () => {
  test.each([
    ['web.container', '', 'web.service', 'systemd-web'],
    ['web.container', 'ContainerName=shop', 'web.service', 'shop'],
    ['web.container', 'ContainerName=%p-%N', 'web.service', 'web-web'],
    ['web.container', 'ServiceName=front', 'front.service', 'systemd-front'],
    ['web.container', 'ContainerName=%H', 'web.service', null],
    ['web.container', 'ContainerName=a$B', 'web.service', null],
    ['web@.container', '', 'web@.service', null],
    ['web@blue.container', '', 'web@blue.service', 'systemd-web_blue'],
    ['web@blue.container', 'ContainerName=%p-%i', 'web@blue.service', 'web-blue'],
    ['a.b.container', '', 'a.b.service', 'systemd-a.b'],
  ])('%s with %j is %s and makes %s', (name, line, service, resource) => {
    expect(declared({ [name]: containerFile(line) })(name)).toMatchObject({ service, resource })
  })

  test.each([
    ['app.network', '[Network]\n', 'app-network.service', 'systemd-app'],
    ['app.network', '[Network]\nNetworkName=lan\n', 'app-network.service', 'lan'],
    ['duo.pod', '[Pod]\n', 'duo-pod.service', 'systemd-duo'],
    ['duo.pod', '[Pod]\nPodName=two\n', 'duo-pod.service', 'two'],
    ['data.volume', '[Volume]\n', 'data-volume.service', 'systemd-data'],
    ['k.kube', '[Kube]\nYaml=k.yml\n', 'k.service', null],
    ['i.image', '[Image]\nImage=x\n', 'i-image.service', null],
    ['b.build', '[Build]\nImageTag=x\n', 'b-build.service', null],
  ])('%s', (name, text, service, resource) => {
    const unit = declared({ [name]: text })(name)
    expect(unit).toMatchObject({ service, resource, problems: [] })
  })
})

describe('networks', () => {
  test('of a unit have the name that the engine knows', () => {
    const unit = declared({
      'web.container': containerFile('Network=app.network:ip=10.0.0.2', 'Network=lan:alias=w', 'Network=host'),
      'app.network': '[Network]\nNetworkName=shop\n',
    })('web.container')
    expect(unit.networks.map(({ name, value }) => [value.kind, name])).toEqual([
      ['unit', 'shop'],
      ['network', 'lan'],
      ['host', null],
    ])
  })

  test('that nobody defines are named as Podman does, with file and line', () => {
    const unit = declared({ 'web.container': containerFile('Network=app.network') })('web.container')
    expect(unit.problems).toEqual([
      {
        file: '/etc/containers/systemd/web.container',
        line: 3,
        message: 'requested Quadlet unit app.network was not found',
        accepted: 'a file app.network, or the name of a network',
        effect: 'skipped',
        missing: 'app.network',
      },
    ])
  })

  test('are joined by name before Podman 5.3, whether a file defines them or not', () => {
    const unit = declared({ 'web.container': containerFile('Network=app.network') }, '4.9.4')('web.container')
    expect(unit.networks[0]?.name).toBe('systemd-app')
    expect(unit.problems).toMatchObject([{ effect: 'fails', missing: 'app.network' }])
  })

  test('of a broken file have no name, and take the container with them', () => {
    const unit = declared({
      'web.container': containerFile('Network=app.network'),
      'app.network': '[Network]\nSubnett=10.0.0.0/24\n',
    })('web.container')
    expect(unit.problems).toMatchObject([{ message: 'cannot get the resource name of app.network', effect: 'skipped' }])
  })
})

describe('drop-ins', () => {
  test('come after the file, in their order, and may take back', () => {
    const [unit] = declareUnits(
      [
        source('web.container', containerFile('Network=host', 'PublishPort=80:80'), {
          '10-net.conf': '[Container]\nNetwork=\nNetwork=none\n',
          '20-port.conf': '[Container]\nPublishPort=81:81\n',
        }),
      ],
      { podman: null },
    )
    expect(unit?.lines.map(({ file, line, key, value }) => `${file.slice(24)}:${line} ${key}=${value}`)).toEqual([
      'web.container:4 PublishPort=80:80',
      'web.container.d/10-net.conf:3 Network=none',
      'web.container.d/20-port.conf:2 PublishPort=81:81',
    ])
  })

  test('that are refused are left out, and the unit goes on', () => {
    const [unit] = declareUnits([source('web.container', containerFile(), { 'a.conf': 'nonsense' })], { podman: null })
    expect(unit && isSkipped(unit)).toBe(false)
    expect(unit?.problems).toMatchObject([
      { file: '/etc/containers/systemd/web.container.d/a.conf', line: 1, effect: 'odd' },
    ])
  })
})

describe('problems', () => {
  test('an unknown key is named as Podman names it, with the one that was meant', () => {
    const unit = declared({ 'broken.container': '[Container]\nNetwrok=host\n' })('broken.container')
    expect(unit.problems).toEqual([
      {
        file: '/etc/containers/systemd/broken.container',
        line: 2,
        message: "unsupported key 'Netwrok' in group 'Container' in /etc/containers/systemd/broken.container",
        accepted: 'Network=',
        effect: 'skipped',
      },
      expect.objectContaining({ line: null, message: 'no Image or Rootfs key specified', accepted: 'Image=NAME' }),
    ])
  })

  test('a key of a later Podman is told with its version', () => {
    const files = { 'web.container': containerFile('Memory=1g') }
    expect(declared(files, '5.4.2')('web.container').problems).toMatchObject([
      { line: 3, accepted: 'Podman 5.5 and later take it', effect: 'skipped' },
    ])
    expect(declared(files, '5.5.0')('web.container').problems).toEqual([])
  })

  test('a kind of file that this Podman does not read', () => {
    expect(declared({ 'duo.pod': '[Pod]\n' }, '4.9.4')('duo.pod').problems).toMatchObject([{ effect: 'skipped' }])
  })

  test.each([
    ['x.container', containerFile('Pod=duo'), 'pod duo is not Quadlet based'],
    ['x.container', containerFile('Pod=duo.pod'), 'quadlet pod unit duo.pod does not exist'],
    ['x.container', containerFile('PublishPort=eighty'), 'invalid port format in PublishPort'],
    ['x.container', '[Container]\nImage=a\nRootfs=/b\n', 'the Image And Rootfs keys conflict'],
    ['x.container', containerFile('[Service]', 'Type=simple'), 'invalid service Type'],
    ['x.network', '[Network]\nGateway=10.0.0.1\n', 'cannot set gateway or range without subnet'],
    ['x.network', '[Network]\nSubnet=10.0.0.0/24\nGateway=10.0.0.1\nGateway=10.0.0.2\n', 'cannot set more gateways'],
    ['x.kube', '[Kube]\n', 'no Yaml key specified'],
    ['x.volume', '[Volume]\nType=bind\n', "key Type can't be used without Device"],
    ['x.container', 'no group\n', 'not a key-value pair'],
  ])('%s %j', (name, text, message) => {
    expect(declared({ [name]: text })(name).problems).toMatchObject([{ message: expect.stringContaining(message) }])
  })
})

describe('a file whose text is refused', () => {
  const files = { 'bad.container': 'nonsense\n', 'web.container': containerFile() }
  const why = 'a file beside it is refused, and Podman skips the whole folder'

  test('takes all files of its folder with it', () => {
    const at = declared(files)
    expect(at('bad.container').problems).toMatchObject([{ line: 1, effect: 'skipped' }])
    expect(at('web.container').problems).toMatchObject([
      {
        file: '/etc/containers/systemd/bad.container',
        line: 1,
        message: expect.stringContaining(why),
        effect: 'skipped',
      },
    ])
  })

  test('is skipped alone by Podman before 4.7', () => {
    expect(declared(files, '4.6.2')('web.container').problems).toEqual([])
  })

  test('leaves other folders as they are', () => {
    const elsewhere = { path: '/usr/share/containers/systemd/web.container', text: containerFile(), dropIns: [] }
    const units = declareUnits([source('bad.container', 'nonsense'), elsewhere], { podman: null })
    expect(units.map(unit => isSkipped(unit))).toEqual([true, false])
  })
})

describe('P18 what leaves', () => {
  const SECRETS = [
    'Environment=A=canary',
    'EnvironmentFile=/canary',
    'Secret=canary,type=env',
    'Exec=serve --token canary',
    'HealthCmd=curl canary',
    'Label=canary=1',
    'Annotation=canary=1',
    'Image=canary@x',
    'PodmanArgs=--env canary --network host',
    'GlobalArgs=--canary',
    'Entrypoint=canary',
    'LogOpt=canary',
    'Network=pasta:--canary,-t,80',
    'canary',
    'canarycanarycanarycanary1x=',
    'Tmpfs=canary',
  ]

  test.each(SECRETS)('is nothing of %s', line => {
    const units = declareUnits([source('web.container', `[Container]\n${line}\n`)], { podman: null })
    expect(units).toHaveLength(1)
    expect(JSON.stringify(units)).not.toContain('canary')
  })

  test('is that PodmanArgs= may change the wiring, by the names of its options', () => {
    const unit = declared({ 'web.container': containerFile('PodmanArgs=--env A=b --network=host -p 80:80') })(
      'web.container',
    )
    expect(unit.hidden).toEqual(['--network', '-…'])
  })

  test('is what PodmanArgs= takes away from its confinement', () => {
    const powersOf = (args: string) =>
      declared({ 'web.container': containerFile(`PodmanArgs=${args}`) })('web.container').powers
    expect(powersOf('--privileged --pid=host')).toEqual({ privileged: true, pidHost: true, ipcHost: false })
    expect(powersOf('--privileged=false --ipc host')).toEqual({ privileged: false, pidHost: false, ipcHost: true })
  })

  test('is cut, and without control characters', () => {
    const [line] = declared({ 'web.container': containerFile(`ContainerName=\u001b[31m${LONG}`) })(
      'web.container',
    ).lines
    expect(line?.value).toHaveLength(512)
    expect(line?.value).not.toContain('\u001b')
  })
})

test('of two files with one name, the first counts', () => {
  const first = { path: '/etc/containers/systemd/web.container', text: containerFile('ContainerName=a'), dropIns: [] }
  const second = {
    path: '/usr/share/containers/systemd/web.container',
    text: containerFile('ContainerName=b'),
    dropIns: [],
  }
  expect(declareUnits([first, second], { podman: null })).toMatchObject([{ resource: 'a' }])
})

const KIND = fc.constantFrom('container', 'pod', 'kube', 'network', 'volume', 'image', 'build', 'artifact', 'txt')
const NAME = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('a', 'a@', 'a@b', '__proto__', 'constructor', 'a-b@c', '', '%'),
)
const LINES = fc.array(
  fc.oneof(
    fc.string({ maxLength: 40 }),
    fc
      .tuple(
        fc.constantFrom(
          'Network',
          'PublishPort',
          'Pod',
          'ContainerName',
          'Options',
          'Subnet',
          'PodmanArgs',
          'ServiceName',
        ),
        fc.oneof(
          fc.string({ maxLength: 20 }),
          fc.constantFrom('a.network', 'a.container', 'a.pod', '80:80', '%i', '"', '\\'),
        ),
      )
      .map(([key, value]) => `${key}=${value}`),
    fc.constantFrom('[Container]', '[Pod]', '[Network]', '[Install]', '[Service]'),
  ),
  { maxLength: 12 },
)

test('reads anything', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(NAME, KIND, LINES), { maxLength: 6 }),
      fc.constantFrom('4.4.1', '5.2.0', '5.8.2', null, 'x'),
      (files, podman) => {
        const sources = files.map(([name, kind, lines]) =>
          source(`${name}.${kind}`, lines.join('\n'), { 'x.conf': lines.slice(2).join('\n') }),
        )
        const units = declareUnits(sources, { podman })
        expect(new Set(units.map(({ name }) => name)).size).toBe(units.length)
        for (const unit of units) for (const problem of unit.problems) expect(problem.message).not.toBe('')
      },
    ),
  )
})
