/** What the form asks, and its way to the server and back. */
import { readJson } from '../guards'
import { isModes, isWhatIf, type ShownModes, type ShownWhatIf } from './schema'

/** The fields of the form. */
export interface Question {
  /** "compare", "same", "private", "host", "none", "new", or "network:NAME". */
  network: string
  fresh: { name: string; isolate: '' | 'true' | 'strict'; internal: boolean }
  /** "8080/tcp"; "" = all as they are. */
  port: string
  /** "*", an address, or "" = published no longer. */
  bind: string
}

export const FIRST_QUESTION: Question = {
  network: 'compare',
  fresh: { name: '', isolate: '', internal: false },
  port: '',
  bind: '127.0.0.1',
}

export type Answer =
  | { kind: 'modes'; modes: ShownModes }
  | { kind: 'one'; answer: ShownWhatIf }
  | { kind: 'problem'; because: 'status'; status: number; detail: string | null }
  | { kind: 'problem'; because: 'other' | 'silent' }

/** Path and query for a container or pod ("container:web") of a host. */
export function pathOf(hostId: string, target: string, { network, fresh, port, bind }: Question): string {
  const query = new URLSearchParams({ host: hostId, container: target })
  if (network === 'compare') return `/api/v1/what-if/modes?${query}`
  const choice = network === 'new' ? newNetwork(fresh) : network.replace(/^network:/, '')
  if (network !== 'same') query.set('network', choice)
  const [number = '', protocol = 'tcp'] = port.split('/')
  const address = bind.includes(':') ? `[${bind}]` : bind
  if (port !== '' && bind === '') query.set('unpublish', port)
  else if (port !== '') query.set('publish', `${address}:${number}/${protocol}`)
  return `/api/v1/what-if?${query}`
}

function newNetwork({ name, isolate, internal }: Question['fresh']): string {
  const options = [...(isolate === '' ? [] : [`isolate=${isolate}`]), ...(internal ? ['internal'] : [])]
  return options.length === 0 ? `new:${name}` : `new:${name}:${options.join(',')}`
}

/** Never rejects but when `signal` is aborted. */
export async function askWhatIf(path: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(path, { signal, headers: { accept: 'application/json' } })
    const text = await response.text()
    if (!response.ok) return { kind: 'problem', because: 'status', status: response.status, detail: detailOf(text) }
    const modes = path.startsWith('/api/v1/what-if/modes') ? readJson(isModes, text) : null
    if (modes !== null) return { kind: 'modes', modes }
    const answer = readJson(isWhatIf, text)
    return answer === null ? { kind: 'problem', because: 'other' } : { kind: 'one', answer }
  } catch (error) {
    if (signal.aborted) throw error
    return { kind: 'problem', because: 'silent' }
  }
}

const isDetailed = (value: unknown): value is { detail: string } =>
  typeof value === 'object' && value !== null && 'detail' in value && typeof value.detail === 'string'

const detailOf = (text: string): string | null => readJson(isDetailed, text)?.detail ?? null
