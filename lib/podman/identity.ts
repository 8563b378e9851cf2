import type { Answer } from './transport'

/** Statuses of something in front of an engine that refuses or cannot reach it, rather than of another program. */
const fromAProxy = (status: number): boolean => status === 401 || status === 403 || status === 407 || status >= 500

/** moby's answer to every route it does not know, https://github.com/moby/moby/blob/v27.0.0/api/server/server.go */
const isDockersNotFound = ({ status, text }: Answer): boolean =>
  status === 404 && /^\s*\{\s*"message"\s*:\s*"page not found"\s*\}\s*$/.test(text)

/**
 * Whose answer this is. libpod sets Libpod-API-Version on every answer of a route it knows, errors included
 * (https://github.com/containers/podman/blob/v5.8.2/pkg/api/server/handler_api.go#L47), so one without it comes from
 * something else. null = libpod's, or an error of something in front of it that its status tells better.
 */
export const identityProblem = (answer: Answer): 'not-podman' | 'docker-only' | null => {
  if (answer.header('libpod-api-version') !== null) return null
  const server = answer.header('server') ?? ''
  if (server.startsWith('Docker/') || answer.header('docker-experimental') !== null) return 'docker-only'
  if (answer.header('api-version') !== null || isDockersNotFound(answer)) return 'docker-only'
  return fromAProxy(answer.status) ? null : 'not-podman'
}
