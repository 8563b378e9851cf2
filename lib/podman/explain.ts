import { type PodmanError, toPodmanError } from './errors'
import type { Connection, PodmanErrorCode } from './types'

/** Whose socket it is: by its owner, or by where Podman puts it; null when neither tells. */
const uidOf = (error: PodmanError, { ownerUid, path }: Connection): number | null => {
  const known = error.ownerUid ?? ownerUid
  if (known !== null) return known
  const user = /^\/run\/user\/(\d+)\//.exec(path ?? '')?.[1]
  if (user !== undefined) return Number(user)
  return path?.startsWith('/run/podman/') ? 0 : null
}

const start = (uid: number | null, uri: string): string => {
  if (uid === null) return `start one there with \`podman system service --time=0 ${uri}\``
  if (uid === 0) return 'enable it with `systemctl enable --now podman.socket`'
  return `enable it with \`systemctl --user enable --now podman.socket\` as user ${uid}`
}

const restart = (uid: number | null, uri: string): string => {
  if (uid === null) return `start it again with \`podman system service --time=0 ${uri}\``
  if (uid === 0) return 'restart it with `systemctl restart podman.socket podman.service`'
  return `restart it with \`systemctl --user restart podman.socket podman.service\` as user ${uid}`
}

const access = (uid: number | null): string => {
  if (uid === null) return 'run Podwire as its owner, or as root with `sudo`'
  if (uid === 0) return 'it belongs to root, so run Podwire as root, e.g. `sudo npm start`'
  return `it belongs to user ${uid}, so run Podwire as that user, e.g. \`sudo -u '#${uid}' npm start\`, or as root`
}

type Sentence = (error: PodmanError, connection: Connection, at: string) => string

const sentences: Record<PodmanErrorCode, Sentence> = {
  missing: (error, connection, at) => `No Podman socket at ${at}: ${start(uidOf(error, connection), connection.uri)}.`,
  denied: (error, connection, at) => `No permission to use ${at}: ${access(uidOf(error, connection))}.`,
  refused: (error, connection, at) =>
    `Nobody listens on ${at} (a stale socket file): ${restart(uidOf(error, connection), connection.uri)}.`,
  'not-a-socket': (_, __, at) =>
    `${at} is not a socket: point CONTAINER_HOST to the one that \`podman info --format '{{.Host.RemoteSocket.Path}}'\` names.`,
  'not-podman': (_, __, at) =>
    `Something other than Podman answers on ${at}: find out who with \`ss -xlp src ${at}\` and point CONTAINER_HOST to Podman's socket.`,
  'docker-only': (_, __, at) =>
    `Docker answers on ${at}, and Podwire needs Podman's own API: enable it with \`systemctl enable --now podman.socket\`.`,
  timeout: (error, connection, at) =>
    `Podman is hanging on ${at}, with ${error.message}: ${restart(uidOf(error, connection), connection.uri)}.`,
  reset: (error, connection, at) =>
    `Podman broke the connection on ${at} (${error.message}): see why with ${journal(uidOf(error, connection))}.`,
  http: (error, connection, at) =>
    `Podman answered ${error.template ?? 'a request'} on ${at} with an error, ${error.message}: see more with ${journal(uidOf(error, connection))}.`,
  malformed: (error, connection, at) =>
    `The answer to ${error.template ?? 'a request'} from ${at} is malformed (${error.message}): see more with ${journal(uidOf(error, connection))}.`,
  'too-large': (error, _, at) =>
    `The answer to ${error.template ?? 'a request'} from ${at} is too large (${error.message}): see how much there is with \`podman ps -a --quiet | wc -l\`.`,
  exhausted: (_, __, at) =>
    `Podwire has no file descriptor left to connect to ${at}: allow it more with \`LimitNOFILE=\` in its unit, or with \`ulimit -n\` before it starts.`,
  aborted: (_, __, at) => `The request to ${at} was aborted by Podwire itself.`,
  unsupported: (error, connection) =>
    connection.transport === 'unix'
      ? `Linux cannot connect to ${connection.uri}, a ${error.message}: make a shorter one with \`ln -s ${connection.path} /tmp/podman.sock\` and set CONTAINER_HOST=unix:///tmp/podman.sock.`
      : `The connection ${connection.uri} is not yet supported: forward its socket with \`ssh -NL /tmp/podman.sock:/run/podman/podman.sock HOST\` and set CONTAINER_HOST=unix:///tmp/podman.sock.`,
}

function journal(uid: number | null): string {
  return uid === 0 ? '`journalctl -u podman.service`' : '`journalctl --user -u podman.service`'
}

const recordingSentence = (error: PodmanError, at: string): string => {
  if (error.code === 'missing') return `No recording at ${at}: set PODWIRE_RECORDING to a file that exists.`
  if (error.code === 'denied') return `No permission to read the recording ${at}: allow it with \`chmod +r ${at}\`.`
  if (error.code === 'http')
    return `The recording ${at} has an error for ${error.template ?? 'a request'}: ${error.message}.`
  return `The recording ${at} cannot be used (${error.message}): set PODWIRE_RECORDING to another one.`
}

/** One sentence for an admin: what is wrong with this connection and, where there is one, the command that mends it. */
export const explain = (thrown: unknown, connection: Connection): string => {
  const error = toPodmanError(thrown)
  // Nothing that is done on this machine mends it.
  if (connection.nestedIn !== undefined)
    return `The engine inside of the container does not answer on ${connection.uri} (${error.code}: ${error.message}): look after its podman.socket there.`
  const at = connection.path ?? connection.uri
  return connection.transport === 'recording'
    ? recordingSentence(error, at)
    : sentences[error.code](error, connection, at)
}
