/** What a fake engine has to tell: the answers of a recording, which tests may change. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectAt, rowsOf, textAt, type Json, type JsonObject } from './json'

export interface RawContainer {
  /** Of GET /containers/json. */
  row: JsonObject
  /** Of GET /containers/{id}/json. */
  inspect: JsonObject
}

export interface Answer {
  status: number
  body: Json
}

export interface EngineContent {
  /** "5.4.2", sent as Libpod-API-Version with every answer. */
  version: string
  info: Answer
  containers: Map<string, RawContainer>
  networks: JsonObject[]
  pods: Map<string, { row: JsonObject; inspect: JsonObject }>
  volumes: JsonObject[]
}

const RECORDINGS = join(import.meta.dirname, '..', 'recordings')

/** The content of tests/recordings/podman-NAME.json, e.g. "5.4.2" or "6.1.1-rootless"; a fresh copy each time. */
export function recordedContent(name: string): EngineContent {
  const file = objectAt(JSON.parse(readFileSync(join(RECORDINGS, `podman-${name}.json`), 'utf8')) as Json)
  const answer = (path: string): Answer => {
    const { status, body } = objectAt(file[`GET /v4.0.0/libpod${path}`])
    return { status: Number(status), body: body ?? null }
  }
  const byId = (path: string, kind: string) =>
    new Map(
      rowsOf(answer(path).body).map(row => {
        const id = textAt(row, 'Id')
        return [id, { row, inspect: objectAt(answer(`/${kind}/${id}/json`).body) }]
      }),
    )
  const headers = objectAt(file['GET /v4.0.0/libpod/_ping'], 'headers')
  return {
    version: textAt(headers, 'Libpod-Api-Version'),
    info: answer('/info'),
    containers: byId('/containers/json?all=true&namespace=true', 'containers'),
    networks: rowsOf(answer('/networks/json').body),
    pods: byId('/pods/json', 'pods'),
    volumes: rowsOf(answer('/volumes/json').body),
  }
}

/** The container of that name; throws when there is none. */
export function containerNamed(content: EngineContent, name: string): RawContainer & { id: string } {
  for (const [id, container] of content.containers) if (container.inspect['Name'] === name) return { id, ...container }
  throw new Error(`no container ${name}`)
}
