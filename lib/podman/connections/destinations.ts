import { join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import * as z from 'zod'
import { cut, maxName } from '../text'
import type { System } from './system'

type Environment = Readonly<Record<string, string | undefined>>

/** A connection that a configuration file names. Identities and certificates are not read. */
export interface Destination {
  name: string
  uri: string
  file: string
}

export interface Destinations {
  found: Destination[]
  /** Files that could not be read or understood, in words. */
  problems: string[]
}

// `uri` in containers.conf and `URI` in podman-connections.json, whose reader ignores case.
const named = z.record(z.string(), z.object({ uri: z.string().optional(), URI: z.string().optional() }))

const connectionsFile = z.object({
  Connection: z.object({ Connections: named.nullish() }).nullish(),
})

const containersConf = z.object({ engine: z.object({ service_destinations: named.optional() }).optional() })

const destinationsIn = (names: z.infer<typeof named>, file: string): Destination[] =>
  Object.entries(names).flatMap(([name, { uri, URI }]) => {
    const given = URI ?? uri
    return given === undefined || given === '' ? [] : [{ name: cut(name, maxName), uri: given, file }]
  })

const read = async (
  system: System,
  file: string,
  parse: (text: string) => Destination[],
): Promise<{ found: Destination[]; problems: string[] }> => {
  try {
    const text = await system.readText(file)
    return { found: text === null ? [] : parse(text), problems: [] }
  } catch (thrown) {
    const [reason = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')
    // The message of a syntax error may quote the file.
    const known = thrown instanceof z.ZodError ? 'not in the form that Podman writes' : cut(reason, 120)
    return { found: [], problems: [`${file}: ${known}`] }
  }
}

const configHome = (env: Environment, system: System): string =>
  join(env['XDG_CONFIG_HOME'] || join(system.home, '.config'), 'containers')

/** podman-connections.json, https://github.com/containers/common/blob/v0.60.0/pkg/config/connections.go */
const fromConnectionsFile = (env: Environment, system: System): Promise<Destinations> => {
  const file = env['PODMAN_CONNECTIONS_CONF'] || join(configHome(env, system), 'podman-connections.json')
  return read(system, file, text =>
    destinationsIn(connectionsFile.parse(JSON.parse(text)).Connection?.Connections ?? {}, file),
  )
}

const dropIns = async (system: System, directory: string): Promise<string[]> =>
  (await system.namesIn(directory)).filter(name => name.endsWith('.conf')).map(name => join(directory, name))

/** The containers.conf files that count, later ones winning: containers.conf(5). */
const containersConfFiles = async (env: Environment, system: System): Promise<string[]> => {
  const override = env['CONTAINERS_CONF_OVERRIDE']
  const only = env['CONTAINERS_CONF']
  const files = only ? [only] : []
  if (!only) {
    for (const directory of ['/usr/share/containers', '/etc/containers', configHome(env, system)]) {
      const file = join(directory, 'containers.conf')
      files.push(file, ...(await dropIns(system, `${file}.d`)))
    }
  }
  return override ? [...files, override] : files
}

/** Everything that `podman system connection list` would name, by name; podman-connections.json wins over containers.conf. */
export const readDestinations = async (env: Environment, system: System): Promise<Destinations> => {
  const byName = new Map<string, Destination>()
  const problems: string[] = []
  const add = ({ found, problems: more }: Destinations): void => {
    for (const destination of found) byName.set(destination.name, destination)
    problems.push(...more)
  }
  for (const file of await containersConfFiles(env, system)) {
    add(
      await read(system, file, text =>
        destinationsIn(containersConf.parse(parseToml(text)).engine?.service_destinations ?? {}, file),
      ),
    )
  }
  add(await fromConnectionsFile(env, system))
  return { found: [...byName.values()], problems }
}
