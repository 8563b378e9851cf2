/** Raw HTTP for tests: fetch normalises paths and refuses headers, which is what the guard has to see. */
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  status: number
  /** Lower-case names; a repeated header is joined by ", ". */
  headers: ReadonlyMap<string, string>
  body: string
  /** Everything, for answers that are no HTTP. */
  text: string
}

/** Sends bytes and reads until the server closes, or until `idleMs` pass in silence. */
export function sendRaw(port: number, request: string | Buffer, idleMs = 30_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    const done = () => {
      socket.destroy()
      resolve(parseAnswer(Buffer.concat(chunks).toString('latin1')))
    }
    socket.setTimeout(idleMs, done)
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('end', done)
    // A reset after the answer is an answer; without one it is a failure.
    socket.on('error', error => (chunks.length > 0 ? done() : reject(error)))
    socket.write(request)
  })
}

/** Waits until a connection is closed, by an error too: `events.once` would throw the error of one that was reset. */
export const hungUp = (socket: Socket): Promise<void> => new Promise(resolve => socket.once('close', () => resolve()))

/** Sends `bytes` of the head of a request, or until the server hangs up; resolves to the status that it gave by then. */
export async function flood(port: number, start: string, more: string, bytes: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: string[] = []
  socket.on('data', chunk => chunks.push(chunk.toString('latin1')))
  socket.on('error', () => {})
  const closed = hungUp(socket)
  const answered = new Promise<void>(resolve => socket.once('data', () => resolve()))
  socket.write(start)
  socket.write(more.repeat(Math.ceil(20_000 / more.length)))
  // The answer is there before the rest is sent, so that no reset can overtake it.
  await Promise.race([answered, closed])
  for (let sent = 20_000; sent < bytes && socket.writable; sent += 65_536)
    socket.write(more.repeat(Math.ceil(65_536 / more.length)))
  socket.end()
  await closed
  return chunks.join('').split(' ')[1] ?? ''
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value)
  }
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n'), text }
}

/** A request's head. `Host` is added unless the headers name one, or `host` is null. */
export function rawHead(method: string, target: string, headers: readonly string[], host: string | null): string {
  const lines = [`${method} ${target} HTTP/1.1`]
  if (host !== null) lines.push(`Host: ${host}`)
  return `${[...lines, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`
}
