import * as z from 'zod'
import { or, parseOne, textOrNull } from '../tolerant'
import type { EngineInfo } from '../types'

/** "netavark 1.14.0" and "aardvark-dns 1.14.0" → the version. */
const programVersion = or(z.string(), '').transform(value => /\b(\d+\.\d+\.\d+[^\s]{0,32})/.exec(value)?.[1] ?? null)

const word = textOrNull(64)

const schema = z
  .object({
    host: or(
      z.object({
        hostname: textOrNull(256),
        security: or(z.object({ rootless: or(z.boolean(), null) }), null),
        networkBackend: word,
        networkBackendInfo: or(
          z.object({
            version: programVersion,
            dns: or(z.object({ version: programVersion }), null),
            defaultNetwork: textOrNull(256),
          }),
          null,
        ),
        rootlessNetworkCmd: word,
        rootlessPortForwarder: word,
        eventLogger: word,
      }),
      null,
    ),
    version: or(z.object({ Version: word }), null),
  })
  .transform(
    ({ host, version }): EngineInfo => ({
      podmanVersion: version?.Version ?? null,
      hostname: host?.hostname ?? null,
      rootless: host?.security?.rootless ?? null,
      networkBackend: host?.networkBackend ?? null,
      netavarkVersion: host?.networkBackendInfo?.version ?? null,
      dnsVersion: host?.networkBackendInfo?.dns?.version ?? null,
      defaultNetwork: host?.networkBackendInfo?.defaultNetwork ?? null,
      rootlessNetworkCmd: host?.rootlessNetworkCmd ?? null,
      rootlessPortForwarder: host?.rootlessPortForwarder ?? null,
      eventLogger: host?.eventLogger ?? null,
    }),
  )

/** GET /info. A part that cannot be understood is null, which is what "unknown" is here. */
export const parseInfo = (raw: unknown, template: string): EngineInfo => parseOne(schema, raw, template).value
