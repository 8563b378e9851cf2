import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networkArguments } from './create-command'
import { plainNetworkMode, podNetworkOptions, userModeOptions } from './network-options'

const run = (...words: string[]): string[] => ['podman', 'run', ...words]

describe('networkArguments', () => {
  it.each([
    [run('--network', 'pasta:-T,80', 'img'), ['pasta:-T,80']],
    [run('--network=pasta', '--net', 'host', '--net=a', 'img'), ['pasta', 'host', 'a']],
    [run('-d', '--name', 'img', '-p8080:80', '-e', 'A=b', '--network', 'pasta', 'img'), ['pasta']],
    [run('-dit', '--network', 'pasta', 'img'), ['pasta']],
    [run('-itv', '/a:/b', '--network', 'pasta', 'img'), ['pasta']],
    [['/usr/bin/podman', '--log-level', 'debug', 'container', 'create', '--net=pasta', 'img'], ['pasta']],
    [['podman', 'pod', 'create', '--replace', '--network', 'pasta:--map-gw', 'p'], ['pasta:--map-gw']],
  ])('finds it in %j', (argv, expected) => {
    expect(networkArguments(argv)).toEqual(expected)
  })

  it('stops at the image: what follows belongs to the container', () => {
    expect(networkArguments(run('--rm', 'img', 'tool', '--network', 'pasta:-T,22'))).toEqual([])
    expect(networkArguments(run('--', 'img', '--network=pasta:-T,22'))).toEqual([])
  })

  it('does not take the value of another option for an option', () => {
    expect(networkArguments(run('--env', '--network=pasta:-T,22x', 'img'))).not.toContain('host')
    expect(networkArguments(run('--label', 'net=pasta', 'img'))).toEqual([])
  })

  it('finds it behind an option without a value that is not known yet', () => {
    expect(networkArguments(run('--brand-new', '--network', 'pasta', 'img'))).toEqual(['pasta'])
  })

  it('takes any words at all', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), argv => {
        expect(Array.isArray(networkArguments(argv))).toBe(true)
      }),
    )
  })
})

describe('userModeOptions', () => {
  it.each([
    ['pasta:--map-gw', ['--map-gw']],
    ['pasta:-T,5432', ['-T', '5432']],
    ['pasta:-T,5432,80-90:180-190,-U,53', ['-T', '5432', '80-90:180-190', '-U', '53']],
    ['pasta:-T5432,--tcp-ns=22', ['-T', '5432', '--tcp-ns', '22']],
    ['pasta:-t,192.0.2.1%eth0/8080:80', ['-t', '192.0.2.1%eth0/8080:80']],
    ['pasta:--map-host-loopback=169.254.1.3', ['--map-host-loopback', '169.254.1.3']],
    ['pasta:-i,eth0,-a,fd00::1,-m,1500', ['-i', 'eth0', '-a', 'fd00::1', '-m', '1500']],
    ['pasta:-T,auto,-u,~10-20', ['-T', 'auto', '-u', '~10-20']],
  ])('keeps %s', (network, words) => {
    expect(userModeOptions('pasta', run('--network', network, 'img'))).toEqual({ mode: 'pasta', words })
  })

  it.each([
    'pasta:-l,/home/me/secret.log',
    'pasta:--log-file=/home/me/secret.log',
    'pasta:-T,secret',
    'pasta:--dns-forward,secret.example',
    'pasta:--hostname,secret',
    'pasta:secret',
    'pasta:-i,secret/../../x',
  ])('drops %s whole', network => {
    expect(userModeOptions('pasta', run('--network', network, 'img'))).toBeNull()
  })

  it('reads slirp4netns from the mode and from the command, known values only', () => {
    const words = ['allow_host_loopback=true', 'port_handler=slirp4netns']
    expect(userModeOptions(`slirp4netns:${words.join(',')},mtu=secret`, [])).toEqual({ mode: 'slirp4netns', words })
    expect(userModeOptions('slirp4netns', run('--net', 'slirp4netns:cidr=10.0.3.0/24,x=secret', 'img'))).toEqual({
      mode: 'slirp4netns',
      words: ['cidr=10.0.3.0/24'],
    })
  })

  it('says nothing of other modes, nor of the options of another mode', () => {
    expect(userModeOptions('bridge', run('--network', 'pasta:-T,80', 'img'))).toBeNull()
    expect(userModeOptions('slirp4netns', run('--network', 'pasta:-T,80', 'img'))).toBeNull()
  })

  it('leaves only known words in the mode', () => {
    expect(plainNetworkMode('slirp4netns:allow_host_loopback=true,x=secret')).toBe(
      'slirp4netns:allow_host_loopback=true',
    )
    expect(plainNetworkMode('pasta:secret')).toBe('pasta')
    expect(plainNetworkMode('ns:/run/netns/blue')).toBe('ns:/run/netns/blue')
  })

  it('keeps no word that was not given, and none that holds free text', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('-T', '-i', '--map-gw', '--dns', '80', '192.0.2.1', 'eth0'))
    fc.assert(
      fc.property(fc.array(word), words => {
        const kept = userModeOptions('pasta', run('--network', `pasta:${words.join(',')}`, 'img'))?.words ?? []
        for (const one of kept) expect(one).toMatch(/^[\w.:%/~@-]{1,64}$/)
      }),
    )
  })
})

describe('podNetworkOptions', () => {
  it('reads what the infra container was given', () => {
    expect(podNetworkOptions.parse({ pasta: ['-T', '5432', 'secret'] })).toEqual({
      mode: 'pasta',
      words: ['-T', '5432'],
    })
    expect(podNetworkOptions.parse({ slirp4netns: ['allow_host_loopback=true'] })?.mode).toBe('slirp4netns')
    expect(podNetworkOptions.parse(null)).toBeNull()
    expect(podNetworkOptions.parse({ other: ['x'] })).toBeNull()
  })
})
