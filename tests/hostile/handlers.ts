/** The route handlers that Next calls, found like Next does, with nothing in front of them. */
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { APP, routeFiles } from './routes'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response> | Response

export interface Route {
  /** Below app/. */
  file: string
  /** By method. */
  handlers: ReadonlyMap<string, Handler>
  /** The decoded parameters when this path is the route's. */
  matches(path: string): Record<string, string> | null
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Literal addresses before those with parameters, the catch-all last. */
export async function loadRoutes(): Promise<Route[]> {
  const files = routeFiles().filter(file => file.endsWith('route.ts'))
  const routes = await Promise.all(files.map(load))
  const rank = ({ file }: Route) => (file.includes('[[') ? 2 : file.includes('[') ? 1 : 0)
  return routes.toSorted((a, b) => rank(a) - rank(b))
}

async function load(file: string): Promise<Route> {
  const exported: Record<string, Handler> = await import(pathToFileURL(join(APP, file)).href)
  const parts = file.split('/').slice(0, -1)
  const pattern = parts
    .map(part => (/^\[\[\.\.\..*\]\]$/.test(part) ? '.*' : /^\[.*\]$/.test(part) ? '([^/]+)' : part))
    .join('/')
  const expression = new RegExp(`^/${pattern}$`)
  const names = parts.flatMap(part => /^\[(\w+)\]$/.exec(part)?.[1] ?? [])
  return {
    file,
    handlers: new Map(METHODS.flatMap(method => (exported[method] === undefined ? [] : [[method, exported[method]]]))),
    matches(path) {
      const found = expression.exec(path)
      if (found === null) return null
      return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
    },
  }
}
