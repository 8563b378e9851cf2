import { describe, expect, it } from 'vitest'
import { ConfigProblem } from './config-problem'
import { type Discovery, discoverConnections } from './discover'
import type { FoundFile, System } from './system'

interface Machine {
  uid?: number
  /** Contents by path. */
  files?: Record<string, string | Error>
  /** Sockets by path; equal identities are one file. */
  sockets?: Record<string, Partial<FoundFile> | 'denied'>
  env?: Record<string, string>
}

const discover = ({ uid = 1000, files = {}, sockets = {}, env = {} }: Machine): Promise<Discovery> => {
  const texts = new Map(Object.entries(files))
  const found = new Map(Object.entries(sockets))
  const system: System = {
    uid,
    home: '/home/me',
    readText: async path => {
      const text = texts.get(path)
      if (text instanceof Error) throw text
      return text ?? null
    },
    look: async path => {
      const file = found.get(path)
      return file === undefined || file === 'denied' ? (file ?? null) : { uid, isSocket: true, identity: path, ...file }
    },
    namesIn: async directory =>
      [
        ...new Set(
          [...texts.keys(), ...found.keys()]
            .filter(path => path.startsWith(`${directory}/`))
            .map(path => path.slice(directory.length + 1).split('/')[0] ?? ''),
        ),
      ].toSorted(),
  }
  return discoverConnections(env, system)
}

const root = '/run/podman/podman.sock'
const own = '/run/user/1000/podman/podman.sock'
const connectionsFile = '/home/me/.config/containers/podman-connections.json'
const named = (connections: Record<string, unknown>) => JSON.stringify({ Connection: { Connections: connections } })

const idsOf = ({ usable }: Discovery) => usable.map(({ id }) => id)

describe('CONTAINER_HOST', () => {
  it('picks one engine and hides the others, as for podman', async () => {
    const found = await discover({ env: { CONTAINER_HOST: 'unix:///srv/p.sock' }, sockets: { [root]: {}, [own]: {} } })
    expect(found.usable).toEqual([
      {
        id: 'env',
        name: '/srv/p.sock',
        uri: 'unix:///srv/p.sock',
        transport: 'unix',
        path: '/srv/p.sock',
        foundBy: 'CONTAINER_HOST',
        ownerUid: null,
      },
    ])
  })

  it('counts though nothing is there yet, and knows the owner when there is', async () => {
    const env = { CONTAINER_HOST: `unix://${root}` }
    expect((await discover({ env })).found).toBe(true)
    expect((await discover({ env, sockets: { [root]: { uid: 0 } } })).usable[0]?.ownerUid).toBe(0)
  })

  it.each([
    ['unix://run/podman/podman.sock', '/run/podman/podman.sock'],
    ['unix:/run/p.sock', '/run/p.sock'],
    ['unix:///run/a%20b.sock', '/run/a b.sock'],
  ])('%s means %s', async (CONTAINER_HOST, path) => {
    expect((await discover({ env: { CONTAINER_HOST } })).usable[0]?.path).toBe(path)
  })

  it.each([
    '/run/p.sock',
    'unix://',
    'unix:///',
    'unix:///run/',
    'unix:///%zz',
    'unix:///a%00b',
    'http://x',
    'ssh://',
    'tcp:x',
    'x',
    ' ',
  ])('%j is refused in one line that names the forms', async CONTAINER_HOST => {
    const refused = discover({ env: { CONTAINER_HOST } })
    await expect(refused).rejects.toThrow(ConfigProblem)
    await expect(refused).rejects.toThrow(/^CONTAINER_HOST .*unix:\/\/\/[^\n]*$/)
  })

  it.each([
    'ssh://me:secret@host.example:22/run/podman/podman.sock',
    'tcp://me:secret@host.example:22/run/podman/podman.sock',
  ])('%s is not yet supported, and its password is not shown', async CONTAINER_HOST => {
    const { usable, unsupported } = await discover({ env: { CONTAINER_HOST }, sockets: { [root]: {} } })
    expect(usable).toEqual([])
    expect(unsupported).toHaveLength(1)
    expect(unsupported[0]?.uri).toMatch(/^(ssh|tcp):\/\/host\.example:22\/run\/podman\/podman\.sock$/)
    expect(JSON.stringify(unsupported)).not.toContain('secret')
  })

  it('that is empty is not set', async () => {
    expect(idsOf(await discover({ env: { CONTAINER_HOST: '' }, sockets: { [own]: {} } }))).toEqual(['user-1000'])
  })
})

describe('CONTAINER_CONNECTION', () => {
  const files = { [connectionsFile]: named({ A: { URI: 'unix:///a.sock' }, B: { URI: 'unix:///b.sock' } }) }

  it('picks a connection by its name', async () => {
    const { usable } = await discover({ files, env: { CONTAINER_CONNECTION: 'B' }, sockets: { [own]: {} } })
    expect(usable.map(({ id, name, path, foundBy }) => [id, name, path, foundBy])).toEqual([
      ['b', 'B', '/b.sock', 'CONTAINER_CONNECTION'],
    ])
  })

  it('yields to CONTAINER_HOST', async () => {
    const env = { CONTAINER_CONNECTION: 'B', CONTAINER_HOST: 'unix:///c.sock' }
    expect(idsOf(await discover({ files, env }))).toEqual(['env'])
  })

  it('that names nothing is refused', async () => {
    await expect(discover({ files, env: { CONTAINER_CONNECTION: 'C' } })).rejects.toThrow(ConfigProblem)
  })
})

describe('configured connections', () => {
  it('are all taken, with the usual sockets behind them', async () => {
    const { usable, unsupported } = await discover({
      files: {
        [connectionsFile]: named({
          lab: { URI: 'unix:///lab.sock', Identity: '/key' },
          machine: { URI: 'ssh://core@127.0.0.1:50000/run/podman/podman.sock', IsMachine: true },
        }),
        '/etc/containers/containers.conf': '[engine.service_destinations.conf]\nuri = "unix:///conf.sock"\n',
      },
      sockets: { [own]: {}, [root]: { uid: 0 } },
    })
    expect(usable.map(({ id, foundBy }) => [id, foundBy])).toEqual([
      ['conf', '/etc/containers/containers.conf'],
      ['lab', connectionsFile],
      ['root', 'the usual place'],
      ['user-1000', 'the usual place'],
    ])
    expect(unsupported.map(({ id, uri }) => [id, uri])).toEqual([
      ['machine', 'ssh://127.0.0.1:50000/run/podman/podman.sock'],
    ])
  })

  it('are found where the environment says', async () => {
    const uri = (path: string) => named({ x: { URI: `unix://${path}` } })
    const files = {
      '/c.json': uri('/c'),
      '/xdg/containers/podman-connections.json': uri('/xdg'),
      [connectionsFile]: uri('/home'),
    }
    const pathWith = async (env: Record<string, string>) => (await discover({ files, env })).usable[0]?.path
    expect(await pathWith({})).toBe('/home')
    expect(await pathWith({ XDG_CONFIG_HOME: '/xdg' })).toBe('/xdg')
    expect(await pathWith({ XDG_CONFIG_HOME: '/xdg', PODMAN_CONNECTIONS_CONF: '/c.json' })).toBe('/c')
  })

  it('of later files win by name, drop-ins and podman-connections.json last', async () => {
    const conf = (path: string) => `[engine.service_destinations.x]\nuri = "unix://${path}"\n`
    const files: Record<string, string> = {}
    const order = [
      '/usr/share/containers/containers.conf',
      '/etc/containers/containers.conf',
      '/etc/containers/containers.conf.d/10-a.conf',
      '/etc/containers/containers.conf.d/20-b.conf',
      '/home/me/.config/containers/containers.conf',
      '/home/me/.config/containers/containers.conf.d/x.conf',
    ]
    for (const file of order) {
      files[file] = conf(file)
      const { usable } = await discover({ files, env: {} })
      expect(usable.map(({ path }) => path)).toEqual([file])
    }
    files['/etc/containers/containers.conf.d/30.txt'] = 'not toml {'
    expect((await discover({ files })).problems).toEqual([])
    files['/only'] = conf('/only')
    files['/over'] = conf('/over')
    expect((await discover({ files, env: { CONTAINERS_CONF: '/only' } })).usable[0]?.path).toBe('/only')
    expect((await discover({ files, env: { CONTAINERS_CONF_OVERRIDE: '/over' } })).usable[0]?.path).toBe('/over')
    files[connectionsFile] = named({ x: { URI: 'unix:///json' } })
    expect((await discover({ files })).usable[0]?.path).toBe('/json')
  })

  it('that cannot be read are told, and the rest goes on', async () => {
    const { usable, problems } = await discover({
      files: {
        [connectionsFile]: '{"Connection": {"Connections": [7]}}',
        '/etc/containers/containers.conf': 'engine = {{',
        '/usr/share/containers/containers.conf': new Error('EACCES: permission denied'),
      },
      sockets: { [own]: {} },
    })
    expect(idsOf({ usable, unsupported: [], problems, found: true })).toEqual(['user-1000'])
    expect(problems.map(problem => problem.split(':')[0])).toEqual([
      '/usr/share/containers/containers.conf',
      '/etc/containers/containers.conf',
      connectionsFile,
    ])
    for (const problem of problems) expect(problem).not.toContain('\n')
  })

  it('with a URI that is none are told by name', async () => {
    const { usable, problems } = await discover({
      files: { [connectionsFile]: named({ win: { URI: 'npipe:////./pipe/x' } }) },
    })
    expect(usable.map(({ foundBy }) => foundBy)).toEqual(['the usual place'])
    expect(problems).toEqual([expect.stringContaining('connection win')])
  })

  it('get ids that are safe in a URL, and unique', async () => {
    const names = ['Lab One', 'lab-one', 'LAB/ONE', '../..', '', 'ünï', '__proto__', 'constructor', 'root']
    const connections = Object.fromEntries(names.map((name, index) => [name, { URI: `unix:///${index}.sock` }]))
    const { usable } = await discover({
      files: { [connectionsFile]: named(connections) },
      sockets: { [root]: {} },
      uid: 0,
    })
    const ids = usable.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9_][a-z0-9._-]*$/)
    expect(ids.slice(0, 3)).toEqual(['lab-one', 'lab-one-2', 'lab-one-3'])
    expect(ids).toContain('root-2')
  })
})

describe('one engine on two ways', () => {
  it('is one connection, under its first name', async () => {
    const { usable } = await discover({
      uid: 0,
      files: {
        [connectionsFile]: named({ mine: { URI: 'unix:///link.sock' }, same: { URI: `unix://${root}` } }),
      },
      sockets: { '/link.sock': { identity: '1:2' }, [root]: { identity: '1:2' } },
    })
    expect(usable.map(({ id, path }) => [id, path])).toEqual([['mine', '/link.sock']])
  })

  it('is one connection also while no file is there', async () => {
    const { usable } = await discover({
      files: { [connectionsFile]: named({ a: { URI: 'unix:///x.sock' }, b: { URI: 'unix://x.sock' } }) },
    })
    expect(idsOf({ usable, unsupported: [], problems: [], found: true })).toEqual(['a'])
  })
})

describe('the usual sockets', () => {
  it('of the system and of the user stand side by side', async () => {
    const { usable } = await discover({ sockets: { [root]: { uid: 0 }, [own]: {} } })
    expect(usable.map(({ id, name, ownerUid }) => [id, name, ownerUid])).toEqual([
      ['root', 'root', 0],
      ['user-1000', 'user 1000', 1000],
    ])
  })

  it('of all users are found by root', async () => {
    const { usable } = await discover({
      uid: 0,
      sockets: {
        [root]: { uid: 0 },
        '/run/user/1001/podman/podman.sock': { uid: 1001 },
        '/run/user/999/podman/podman.sock': { uid: 999 },
        '/run/user/1002/other': { uid: 1002 },
      },
    })
    expect(idsOf({ usable, unsupported: [], problems: [], found: true })).toEqual(['root', 'user-999', 'user-1001'])
  })

  it('follow XDG_RUNTIME_DIR, and are named after the owner', async () => {
    const env = { XDG_RUNTIME_DIR: '/tmp/run' }
    const { usable } = await discover({ uid: 0, env, sockets: { '/tmp/run/podman/podman.sock': { uid: 1000 } } })
    expect(usable.map(({ id, path }) => [id, path])).toEqual([['user-1000', '/tmp/run/podman/podman.sock']])
  })

  it('are expected where they would be, when nothing else is found', async () => {
    expect(await discover({})).toMatchObject({ usable: [{ id: 'user-1000', path: own }], found: false })
    expect(await discover({ uid: 0 })).toMatchObject({ usable: [{ id: 'root', path: root }], found: false })
  })

  it('that the user may not look for are told, and expected when there is nothing else', async () => {
    const beside = await discover({ sockets: { [root]: 'denied', [own]: {} } })
    expect(idsOf(beside)).toEqual(['user-1000'])
    expect(beside.problems).toEqual([expect.stringContaining(root)])
    const alone = await discover({ sockets: { [root]: 'denied' } })
    expect(idsOf(alone)).toEqual(['user-1000', 'root'])
    expect(alone.found).toBe(false)
  })

  it('beside a connection that is not yet supported leave it listed', async () => {
    const files = { [connectionsFile]: named({ far: { URI: 'ssh://host/run/podman/podman.sock' } }) }
    const { usable, unsupported, found } = await discover({ files })
    expect([usable.length, unsupported.length, found]).toEqual([1, 1, true])
  })
})
