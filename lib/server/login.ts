/**
 * The only page that exists without a session, and the only POST. It is made here and not in Next, so that nothing behind
 * the guard runs for somebody unknown.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SignIn } from './audit'
import type { Auth, Session } from './auth'
import type { Peer } from './peer'
import { judgeTarget } from './target'
import { WALL_COOKIE, WALL_PATH } from './wall-pass'

const STYLE = `:root{color-scheme:dark light}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}
form{width:min(22rem,90vw);display:grid;gap:.75rem}
h1{font-size:1.5rem;margin:0}
p{margin:0}
input,button{font:inherit;padding:.6rem .75rem;border-radius:.4rem;border:1px solid GrayText}
button{background:#0072b2;border-color:#0072b2;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #56b4e9;outline-offset:2px}`

/**
 * A wall is set up by its address, `/wall#token=…`: nobody is there to type. What follows the # is sent to no server, stands in
 * no log and no Referer; here it is taken out of the address and its history, and sent once like a typed one. A token
 * that was wrong is not sent again, because the answer to that has no # any more.
 */
const SCRIPT = `const hash = new URLSearchParams(location.hash.slice(1))
const token = hash.get('token')
if (token) {
  history.replaceState(null, '', location.pathname + location.search)
  document.getElementById('token').value = token
  document.forms[0].submit()
}`

/** The form. All of it is constant but the nonce and one of three sentences. */
function loginPage(nonce: string, note: 'asked' | 'wrong' | 'wait'): string {
  const sentence = {
    asked: 'This dashboard asks for the token it was started with: PODWIRE_TOKEN, or PODWIRE_WALL_TOKEN for the wall.',
    wrong: 'That is not the token.',
    wait: 'Too many wrong tokens. Wait a minute.',
  }[note]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Podwire: sign in</title>
<style nonce="${nonce}">${STYLE}</style>
<form method="post" action="/login">
<h1>Podwire</h1>
<p id="note"${note === 'asked' ? '' : ' role="alert"'}>${sentence}</p>
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" aria-describedby="note" required autofocus>
<button>Sign in</button>
</form>
<script nonce="${nonce}">${SCRIPT}</script>
</html>
`
}

export function sendLoginPage(
  response: ServerResponse,
  nonce: string,
  status: number,
  note: 'asked' | 'wrong' | 'wait',
): void {
  const body = loginPage(nonce, note)
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

export interface SignInOptions {
  auth: Auth
  peer: Peer
  /** One call per attempt. */
  onSignIn: (one: SignIn) => void
}

/** Answers POST /login; the guard has seen to origin and length. The session cookie holds nothing but a random number. */
export async function handleSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  nonce: string,
  { auth, peer, onSignIn }: SignInOptions,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const token = new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('token') ?? ''
  const result = auth.signIn(token, peer.address)
  const agent = request.headers['user-agent'] ?? ''
  const told = !result.ok ? RESULTS[result.status] : result.session.cookie === WALL_COOKIE ? 'wall' : 'ok'
  onSignIn({ result: told, address: peer.address, agent })
  if (!result.ok) {
    if (result.status === 429) response.setHeader('retry-after', '60')
    return sendLoginPage(response, nonce, result.status, result.status === 429 ? 'wait' : 'wrong')
  }
  const location = cameFrom(request, result.session)
  response.writeHead(303, { location, 'set-cookie': cookieLine(result.session, peer.secure), 'content-length': '0' })
  response.end()
}

const RESULTS = { 401: 'refused', 429: 'waiting' } as const

/** Secure where the way is known to be encrypted: plain HTTP on loopback would never get the cookie back. */
export const cookieLine = ({ cookie, value, seconds }: Session, secure: boolean): string =>
  `${cookie}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? '; Secure' : ''}`

/**
 * The view of the page that the form stood in for, from the Referer that its referrer policy makes browsers send. Only the
 * query is taken, and only of the two pages that there are, so that it cannot lead anywhere else.
 */
function cameFrom(request: IncomingMessage, session: Session): string {
  const { origin, referer } = request.headers
  const from = origin !== undefined && referer?.startsWith(`${origin}/`) === true ? referer.slice(origin.length) : '/'
  const target = judgeTarget(from)
  const isWall = session.cookie === WALL_COOKIE || (target.ok && target.path === WALL_PATH)
  const page = isWall ? WALL_PATH : '/'
  return target.ok && target.query !== '' && target.path === page ? `${page}?${target.query}` : page
}
