/** What the environment and the optional configuration file say, checked once at start. */
import { readFileSync } from 'node:fs'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { parseDocument, parseExceptions } from '@/lib/exposure/exceptions'
import type { Exception } from '@/lib/exposure/types'
import { withoutCredentials } from '@/lib/podman/text'
import { acceptedForms, parseConnectionUri } from '@/lib/podman/connections/uri'
import { type AllowedHost, parseAuthority } from './authority'
import { problemLine } from './exceptions'
import { type AddressRange, parseRange } from './peer'

export interface Config {
  /** Plain address, without brackets. */
  listenAddress: string
  /** 0 = any free port. */
  listenPort: number
  /** null = no authentication, only possible on a loopback address. */
  token: string | null
  /** Opens the wall display alone; null = the wall asks for `token` like everything else. */
  wallToken: string | null
  /** Host names besides the loopback ones and the listen address. */
  extraHosts: readonly AllowedHost[]
  /** null = plain HTTP. */
  tls: TlsFiles | null
  /** Whose X-Forwarded-For and X-Forwarded-Proto count. */
  trustedProxies: readonly AddressRange[]
  /** Path of a recording to replay instead of looking for engines. */
  recording: string | null
  /** Names of containers whose own engines are read too, "*" = of every one that runs one; empty = none. */
  nested: readonly string[]
  /** Path of the configuration file; null when there is none. */
  file: string | null
  /** What it accepts. */
  exceptions: readonly Exception[]
}

/** Paths of PEM files. */
export interface TlsFiles {
  cert: string
  key: string
}

/** A value that cannot be used. The message is one line that names it and the accepted form. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Shorter ones can be guessed faster than a log is read. */
const MIN_TOKEN_LENGTH = 8

/** The address to bind, or undefined for what is none. Names are refused, for they move; ":4410" is every address. */
function bindAddress(bracketed: string | undefined, plain: string | undefined): string | undefined {
  if (bracketed !== undefined) return ipaddr.IPv6.isValid(bracketed) ? bracketed : undefined
  if (plain === undefined || plain === '') return '::'
  if (plain === 'localhost') return '127.0.0.1'
  return ipaddr.IPv4.isValidFourPartDecimal(plain) ? plain : undefined
}

const LISTEN_FORM = 'address:port, such as 127.0.0.1:4410 or [::1]:4410'

const listen = z.string(LISTEN_FORM).transform((text, context) => {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text)
  const address = match ? bindAddress(match[1], match[2]) : undefined
  const port = Number(match?.[3])
  if (address !== undefined && port <= 65_535) return { address, port }
  context.addIssue({ code: 'custom', message: LISTEN_FORM })
  return z.NEVER
})

const TOKEN_FORM = `at least ${MIN_TOKEN_LENGTH} printable ASCII characters without spaces`

const token = z.string(TOKEN_FORM).regex(new RegExp(`^[\\x21-\\x7e]{${MIN_TOKEN_LENGTH},512}$`), TOKEN_FORM)

const hosts = z
  .string()
  .transform(text => text.split(/[\s,]+/).filter(entry => entry !== ''))
  .transform((entries, context) =>
    entries.flatMap(entry => {
      const host = parseAuthority(entry)
      if (host) return [host]
      context.addIssue({ code: 'custom', message: 'host names, each with an optional :port' })
      return []
    }),
  )

const proxies = z
  .string()
  .transform(text => text.split(/[\s,]+/).filter(entry => entry !== ''))
  .transform((entries, context) =>
    entries.flatMap(entry => {
      const range = parseRange(entry)
      if (range) return [range]
      context.addIssue({ code: 'custom', message: 'addresses of proxies, or ranges such as 10.0.0.0/8' })
      return []
    }),
  )

const NESTED_FORM = 'names of containers, or *'

const nested = z
  .string(NESTED_FORM)
  .transform(text => text.split(/[\s,]+/).filter(entry => entry !== ''))
  .pipe(z.array(z.string().regex(/^(?:\*|[a-zA-Z0-9][a-zA-Z0-9_.-]*)$/, NESTED_FORM)))

const recording = z.string('the path of a recording').min(1, 'the path of a recording')
const pemFile = z.string('the path of a PEM file').min(1, 'the path of a PEM file')

const fileSchema = z.strictObject({
  listen: listen.optional(),
  token: token.optional(),
  wallToken: token.optional(),
  hosts: z
    .array(z.string('host names'), 'a list of host names')
    .transform(list => list.join(','))
    .pipe(hosts)
    .optional(),
  tlsCert: pemFile.optional(),
  tlsKey: pemFile.optional(),
  trustedProxies: z
    .array(z.string('addresses'), 'a list of addresses')
    .transform(list => list.join(','))
    .pipe(proxies)
    .optional(),
  recording: recording.optional(),
  nested: z
    .array(z.string(NESTED_FORM), 'a list of names of containers')
    .transform(list => list.join(','))
    .pipe(nested)
    .optional(),
  // Judged by parseExceptions, which knows the lines.
  exceptions: z.unknown().optional(),
})

/** One line: where, what is accepted, and the value unless it is a secret. */
function complain(where: string, issue: z.core.$ZodIssue | undefined, value: string | null): never {
  const shown = value === null ? '' : ` is ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)}`
  throw new ConfigError(`${where}${shown}: expected ${issue?.message ?? 'another value'}`)
}

function readConfigFile(path: string): z.output<typeof fileSchema> & { exceptions: readonly Exception[] } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new ConfigError(`PODWIRE_CONFIG is ${JSON.stringify(path)}: expected the path of a readable TOML file`)
  }
  const accepted = parseExceptions(text)
  if (!accepted.ok) throw new ConfigError(`PODWIRE_CONFIG: ${problemLine(path, accepted.problems)}`)
  const { exceptions } = accepted
  const parsed = fileSchema.safeParse(documentOf(text))
  if (parsed.success) return { ...parsed.data, exceptions }
  const [issue] = parsed.error.issues
  return complain(`PODWIRE_CONFIG: ${path}: ${issue?.path.join('.') || 'the file'}`, issue, null)
}

const documentOf = (text: string): unknown => {
  const parsed = parseDocument(text)
  return parsed.ok ? parsed.document : {}
}

/**
 * The configuration, environment before file. An empty variable counts as unset, as systemd and compose files leave them.
 * @throws ConfigError with one line for the first value that cannot be used
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = <T>(name: string, schema: z.ZodType<T, string>, secret = false): T | undefined => {
    const value = env[name]
    if (value === undefined || value === '') return undefined
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : complain(name, parsed.error.issues[0], secret ? null : value)
  }
  const configPath = env['PODWIRE_CONFIG']
  const file = configPath ? readConfigFile(configPath) : { exceptions: [] }
  // Not kept, for lib/podman follows it by itself; checked so that a slip of the pen is told before anything is built.
  const containerHost = env['CONTAINER_HOST']
  if (containerHost && parseConnectionUri(containerHost) === null)
    throw new ConfigError(
      `CONTAINER_HOST is ${JSON.stringify(withoutCredentials(containerHost.slice(0, 80)))}: expected ${acceptedForms}`,
    )
  const { address, port } = read('PODWIRE_LISTEN', listen) ?? file.listen ?? { address: '127.0.0.1', port: 4410 }
  const secret = read('PODWIRE_TOKEN', token, true) ?? file.token ?? null
  if (secret === null && ipaddr.process(address).range() !== 'loopback')
    throw new ConfigError(
      `PODWIRE_LISTEN is ${formatListen(address, port)}, which others can reach: set PODWIRE_TOKEN too, or listen on 127.0.0.1`,
    )
  const wallToken = read('PODWIRE_WALL_TOKEN', token, true) ?? file.wallToken ?? null
  if (wallToken !== null && wallToken === secret)
    throw new ConfigError('PODWIRE_WALL_TOKEN is the same as PODWIRE_TOKEN: expected another, for it opens less')
  return {
    listenAddress: address,
    listenPort: port,
    token: secret,
    wallToken,
    extraHosts: read('PODWIRE_HOSTS', hosts) ?? file.hosts ?? [],
    tls: tlsFiles(read('PODWIRE_TLS_CERT', pemFile) ?? file.tlsCert, read('PODWIRE_TLS_KEY', pemFile) ?? file.tlsKey),
    trustedProxies: read('PODWIRE_TRUSTED_PROXIES', proxies) ?? file.trustedProxies ?? [],
    nested: read('PODWIRE_NESTED', nested) ?? file.nested ?? [],
    recording: read('PODWIRE_RECORDING', recording) ?? file.recording ?? null,
    file: configPath || null,
    exceptions: file.exceptions,
  }
}

/** One without the other would silently be plain HTTP. */
function tlsFiles(cert: string | undefined, key: string | undefined): TlsFiles | null {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined) throw new ConfigError('PODWIRE_TLS_KEY is set: expected PODWIRE_TLS_CERT beside it')
  if (key === undefined) throw new ConfigError('PODWIRE_TLS_CERT is set: expected PODWIRE_TLS_KEY beside it')
  return { cert, key }
}

/** "127.0.0.1:4410", "[::1]:4410" */
export const formatListen = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`
