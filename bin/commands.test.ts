/** The real launcher on recordings: what is printed where, and the code that it ends with. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { modelOfRecording } from '@/tests/recordings/model'
import { examine } from '@/lib/exposure/engine'
import { findingsSchema } from '@/lib/server/schema'
import { whatIfSchema } from '@/lib/server/what-if-schema'

const RECORDING = 'tests/recordings/podman-5.4.2.json'
const folder = mkdtempSync(join(tmpdir(), 'podwire-commands-'))

/** Nothing of this machine's Podman, and of the one who runs the tests, counts. */
const ENV = { NODE_ENV: 'test', PATH: '/nowhere', HOME: folder } as const

const run = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['bin/podwire', ...args], { encoding: 'utf8', env: { ...ENV, ...env } })

const check = (...args: string[]) => run(['check', '--recording', RECORDING, ...args])
const reach = (...args: string[]) => run(['reach', '--recording', RECORDING, ...args])

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** A recording of a host without containers. */
const EMPTY = write(
  'empty.json',
  JSON.stringify(
    Object.fromEntries(
      Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(RECORDING, 'utf8')))).map(
        ([key, value]) =>
          /\/(containers|pods|networks)\/json/.test(key)
            ? [key, { ...Object(value), body: [] }]
            : [key, key === 'kernel' ? {} : value],
      ),
    ),
  ),
)

// The first run bundles.
beforeAll(() => void run(['check', '--help']), 120_000)

describe('podwire check FILES', { timeout: 60_000 }, () => {
  const units = join(folder, 'units')
  mkdirSync(join(units, 'web.container.d'), { recursive: true })
  write('units/web.container', '[Container]\nImage=x\n\nPublishPort=8080:80\n')
  write('units/web.container.d/net.conf', '[Container]\nNetwork=host\n')
  write('units/bad.container', '[Container]\nImage=x\nNetwrok=host\n')

  test('tells what they would expose, each at its file and line', () => {
    const { status, stdout, stderr } = run(['check', units, '--podman', '5.4.2'])
    expect([status, stderr]).toEqual([1, 'podwire: 1 finding at or above high\n'])
    expect(stdout).toMatch(/^files: Podman 5\.4\.2, rootful, 1 container/)
    expect(stdout).toContain('web.container.d/net.conf:2')
    expect(stdout).toContain('bad.container:3')
  })

  test('SARIF has their places', () => {
    const { stdout } = run(['check', join(units, 'bad.container'), '--format', 'sarif', '--fail-on', 'low'])
    const { runs } = z
      .object({
        runs: z.array(z.object({ results: z.array(z.object({ ruleId: z.string(), locations: z.unknown() })) })),
      })
      .parse(JSON.parse(stdout))
    expect(runs[0]?.results).toMatchObject([
      {
        ruleId: 'unit-file-broken',
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: `file://${units}/bad.container` }, region: { startLine: 3 } },
          },
        ],
      },
    ])
  })

  test('what cannot be read is not clean', () => {
    mkdirSync(join(folder, 'odd', 'x.container'), { recursive: true })
    const { status, stderr } = run(['check', join(folder, 'odd')])
    expect([status, stderr]).toEqual([2, expect.stringContaining('no regular file')])
  })

  test.each([
    [['/nowhere.container'], '/nowhere.container'],
    [[write('x.txt', '')], '.container'],
    [[folder, '--host', 'root'], '--host'],
    [[units, '--podman', 'new'], '5.4.2'],
    [['--rootless'], '--rootless'],
  ])('%j is refused in one line', (args, named) => {
    const { status, stdout, stderr } = run(['check', ...args])
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    expect(stderr).toContain(named)
  })
})

describe('P12 podwire check deploy/podwire.container', { timeout: 60_000 }, () => {
  const UNIT = 'deploy/podwire.container'
  const report = z.object({
    findings: z.array(z.object({ ruleId: z.string(), severity: z.string(), suppressed: z.null() })),
  })
  const found = (file: string, ...args: string[]) => {
    const { status, stdout } = run(['check', file, '--format', 'json', ...args])
    const { findings } = report.parse(JSON.parse(stdout))
    return [status, ...findings.map(({ ruleId, severity }) => `${severity} ${ruleId}`)]
  }
  const NETAVARK_1 = ['--podman', '5.4.2', '--netavark', '1.14.0']

  test('tells of the socket, of nothing else, and silences nothing', () => {
    for (const versions of [NETAVARK_1, ['--podman', '6.1.1', '--netavark', '2.0.0']])
      expect(found(UNIT, '--rootless', ...versions)).toEqual([1, 'high engine-socket-mounted'])
    expect(found(UNIT, ...NETAVARK_1)).toEqual([1, 'critical engine-socket-mounted'])
    expect(readFileSync(UNIT, 'utf8')).not.toContain('io.podwire')
  })

  test('each line that confines it is there, and published to everybody it would be told', () => {
    const text = readFileSync(UNIT, 'utf8')
    for (const line of [
      'UserNS=keep-id',
      'User=%U',
      'ReadOnly=true',
      'DropCapability=all',
      'NoNewPrivileges=true',
      'PublishPort=127.0.0.1:4410:4410',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text.match(/^PublishPort=/gm)).toHaveLength(1)
    const open = write('open.container', text.replace('127.0.0.1:4410:4410', '4410:4410'))
    expect(found(open, '--rootless', ...NETAVARK_1)).toEqual([1, 'critical exposed-and-host-equivalent'])
  })
})

describe('podwire check', { timeout: 60_000 }, () => {
  test('prints the table to standard output, and the verdict to standard error', () => {
    const { status, stdout, stderr } = check()
    expect([status, stderr]).toEqual([1, 'podwire: 9 findings at or above high\n'])
    expect(stdout).toMatch(/^podman-5\.4\.2: Podman 5\.4\.2, rootful/)
    expect(stdout).toContain('critical privileged')
    // No colours, and no width of a terminal, in a pipe.
    expect(stdout).not.toContain('\u001b')
  })

  test('--format json is the answer of the API', async () => {
    const { status, stdout } = check('--format', 'json')
    expect(status).toBe(1)
    const report = findingsSchema.parse(JSON.parse(stdout))
    const own = examine([await modelOfRecording('podman-5.4.2')])
    const facts = ({ ruleId, subject, severity, evidence }: (typeof own.findings)[number]) => [
      ruleId,
      subject.name,
      severity,
      evidence,
    ]
    expect(report.findings.filter(one => one.subject.kind !== 'host').map(facts)).toEqual(
      own.findings.filter(one => one.subject.kind !== 'host').map(facts),
    )
  })

  test('--format sarif and csv', () => {
    const sarif = check('--format', 'sarif')
    expect([sarif.status, JSON.parse(sarif.stdout).version]).toEqual([1, '2.1.0'])
    const csv = check('--format=csv')
    expect([csv.status, csv.stdout.split(',')[0]]).toEqual([1, 'host'])
  })

  test.each([
    ['critical', 1],
    ['info', 1],
  ])('--fail-on %s ends with %i', (severity, code) => expect(check('--fail-on', severity).status).toBe(code))

  test('nothing at or above it is 0', () => {
    const { status, stdout, stderr } = run(['check', '--recording', EMPTY])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('No finding.')
    expect(stdout).toContain('Not examined')
  })

  test('PODWIRE_RECORDING counts where --recording is not given', () => {
    expect(run(['check', '--fail-on', 'critical'], { PODWIRE_RECORDING: EMPTY }).status).toBe(0)
    expect(run(['check'], { PODWIRE_RECORDING: RECORDING }).status).toBe(1)
  })

  test.each([
    [
      ['--fail-on', 'severe'],
      ['severe', 'critical, high, medium, low, info'],
    ],
    [
      ['--format', 'xml'],
      ['xml', 'table, json, sarif, csv'],
    ],
    [['--nonsense'], ['--nonsense', '--fail-on']],
    [['web'], ['"web"']],
    [
      ['--format', 'csv', '--format', 'json'],
      ['--format', 'twice'],
    ],
    [
      ['--host', 'root'],
      ['--recording', '--host'],
    ],
    [['--config', '/nowhere'], ['/nowhere']],
    [['--config', write('broken.toml', 'exceptions = 7')], ['broken.toml']],
    [
      ['--config', write('rule.toml', '[[exceptions]]\nrule = "no-such-rule"\nsubject = "x"\nreason = "y"')],
      ['no-such-rule'],
    ],
    [['--fail-on', ''], ['--fail-on']],
  ])('%j is refused in one line', (args, named) => {
    const { status, stdout, stderr } = check(...args)
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    for (const word of named) expect(stderr).toContain(word)
  })

  test.each([
    ['/nowhere.json', '/nowhere.json'],
    [write('none.json', '{"a": 1}'), 'not a recording'],
    [write('text.json', 'hello'), 'JSON'],
  ])('the recording %s is refused', (file, named) => {
    const { status, stdout, stderr } = run(['check', '--recording', file])
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    expect(stderr).toContain(named)
  })

  test('what is accepted does not count, and is shown on demand', () => {
    const accept = write(
      'accept.toml',
      '[[exceptions]]\nrule = "*"\nsubject = "*"\nreason = "x"'.replace('"*"\nsubject', '"privileged"\nsubject') +
        '\n[[exceptions]]\nrule = "engine-socket-mounted"\nsubject = "sockeater"\nreason = "is the \u001bproxy"\n'.replace(
          '\u001b',
          '',
        ),
    )
    const { status, stdout } = check('--fail-on', 'critical', '--config', accept)
    expect(status).toBe(0)
    expect(stdout).toContain('2 findings suppressed; --show-suppressed lists them.')
    expect(stdout).not.toContain('■ Container priv1')
    expect(check('--config', accept, '--show-suppressed').stdout).toContain('is the proxy')
    expect(check('--config', accept, '--fail-on', 'high').status).toBe(1)
  })

  test('P10 no Podman at all is nothing that could be read', () => {
    const { status, stdout, stderr } = run(['check'], {
      XDG_RUNTIME_DIR: folder,
      CONTAINER_HOST: 'unix:///nowhere.sock',
    })
    expect(status).toBe(2)
    expect(stdout).toContain('not read')
    expect(stdout).not.toContain('No finding')
    expect(stderr).toContain('/nowhere.sock')
  })

  test('an unknown host is named, with those that there are', () => {
    const { status, stderr } = run(['check', '--host', 'mars'], { CONTAINER_HOST: 'unix:///nowhere.sock' })
    expect(status).toBe(2)
    expect(stderr).toContain('"mars"')
    expect(stderr).toContain('/nowhere.sock')
  })

  test('a reader that goes away is no failure', async () => {
    const child = spawn(process.execPath, ['bin/podwire', 'check', '--recording', RECORDING, '--format', 'json'], {
      env: ENV,
    })
    child.stdout.destroy()
    let complaints = ''
    child.stderr.on('data', chunk => (complaints += String(chunk)))
    const [code] = await once(child, 'close')
    expect([code, complaints]).toEqual([1, 'podwire: 9 findings at or above high\n'])
  })

  test('P17 names move no cursor, in any format', () => {
    const name = String.raw`web\u001b[2J\u009b31m\u202e`
    const hostile = write('hostile.json', readFileSync(RECORDING, 'utf8').replaceAll('"priv1"', `"${name}"`))
    for (const format of ['table', 'json', 'sarif', 'csv']) {
      const { stdout, status } = run(['check', '--recording', hostile, '--format', format])
      expect([format, status]).toEqual([format, 1])
      expect(stdout).toContain('web')
      expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    }
    const { stderr } = run(['reach', 'nobody', '--recording', hostile])
    expect(stderr.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('podwire reach', { timeout: 60_000 }, () => {
  test.each([
    [['web2', 'container:web1'], 0, 'reachable'],
    [['container:web2', 'db'], 1, 'blocked'],
    [['neighbour:eth0', 'proxy', '--port', '8080', '--protocol', 'tcp'], 0, 'reachable'],
    [['neighbour:eth0', 'web1'], 1, 'blocked'],
    [['host', 'web1'], 0, 'reachable'],
  ])('%j ends with %i', (args, code, verdict) => {
    const { status, stdout, stderr } = reach(...args)
    expect([status, stderr]).toEqual([code, ''])
    expect(stdout.split('\n')[0]).toMatch(new RegExp(`  ${verdict}$`))
  })

  test('what is not decided ends with 3', () => {
    const unknown = write(
      'unknown.json',
      readFileSync(RECORDING, 'utf8')
        .replaceAll('"driver":"bridge"', '"driver":"mystery"')
        .replaceAll('"driver": "bridge"', '"driver": "mystery"'),
    )
    const { status, stdout } = run(['reach', 'web2', 'web1', '--recording', unknown])
    expect([status, stdout.split('\n')[0]]).toEqual([3, 'container:web2 → container:web1  unknown'])
  })

  test('without B it is a row', () => {
    const { status, stdout } = reach('web2')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^What container:web2 reaches\n/)
  })

  test('--format json has the shape of the API', () => {
    expect(JSON.parse(reach('web2', 'db', '--format', 'json').stdout)).toMatchObject({
      from: 'container:web2',
      direct: [{ to: 'container:db', verdict: 'blocked' }],
      stop: { kind: 'network', label: 'backend' },
    })
    expect(JSON.parse(reach('web2', '--format', 'json').stdout)).toMatchObject({ from: 'container:web2' })
  })

  test.each([
    [[], ['A is missing', 'neighbour:INTERFACE']],
    [
      ['nobody', 'web1'],
      ['"nobody"', 'airgap, cam'],
    ],
    [
      ['web1', 'network:x'],
      ['network:x', 'container:NAME'],
    ],
    [
      ['neighbour:nope', 'web1'],
      ['neighbour:nope', 'neighbour:eth0'],
    ],
    [
      ['web1', 'web2', '--port', '0'],
      ['"0"', '65535'],
    ],
    [
      ['web1', 'web2', '--protocol', 'icmp'],
      ['icmp', 'tcp, udp, sctp'],
    ],
    [['web1', '--port', '80'], ['--port']],
    [['a', 'b', 'c'], ['"c"']],
  ])('%j is refused in one line', (args, named) => {
    const { status, stdout, stderr } = reach(...args)
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
    for (const word of named) expect(stderr).toContain(word)
  })
})

describe('podwire record', { timeout: 60_000 }, () => {
  test('a host that cannot be read leaves no file', () => {
    const out = join(folder, 'none-there.json')
    const { status, stdout, stderr } = run(['record', '--out', out], { CONTAINER_HOST: 'unix:///nowhere.sock' })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('/nowhere.sock')
    expect(() => statSync(out)).toThrow(/ENOENT/)
  })
})

test.each(['check', 'reach', 'record'])('%s --help says its options and exit codes', { timeout: 60_000 }, command => {
  const { status, stdout, stderr } = run([command, '--help'])
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain(`Usage: podwire ${command}`)
  expect(stdout).toContain('Exit: 0')
  expect(stdout).toContain('--host')
})

describe('podwire what-if', { timeout: 60_000 }, () => {
  const whatIf = (...args: string[]) => run(['what-if', '--recording', RECORDING, ...args])

  test('says what is gained and lost, and how to make it so', () => {
    const { status, stdout, stderr } = whatIf('web1', '--network', 'host')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('New findings')
    expect(stdout).toContain('# create web1 again with: --network host')
    expect(stdout).toContain('[Container]\nNetwork=host')
  })

  test('--format json is the answer of the API', () => {
    const { stdout } = whatIf('web2', '--bind', '127.0.0.1:7000', '--format', 'json')
    const { outcome } = whatIfSchema.parse(JSON.parse(stdout))
    expect(outcome?.difference.doors.gained.map(({ ref }) => ref)).toEqual(['port:127.0.0.1:7000/tcp'])
  })

  test('ends with 1 when it cannot exist, and with 2 when it is no question', () => {
    const refused = whatIf('web2', '--network', 'host', '--bind', '127.0.0.1:7000')
    expect([refused.status, refused.stdout]).toEqual([1, expect.stringContaining('cannot exist')])
    const ghost = whatIf('ghost', '--network', 'host')
    expect([ghost.status, ghost.stderr]).toEqual([2, 'podwire: there is no container "ghost" on this host\n'])
    expect(whatIf('web1', '--network', 'a:b:c').status).toBe(2)
    expect(whatIf().status).toBe(2)
  })
})
