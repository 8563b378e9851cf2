/** Fields of inspect that older engines fill without looking. */
import type { HostView } from './view'

/** True when the engine is older than major.minor, or does not say how old it is: then the field proves nothing. */
export function mayBeOlderThan(view: HostView, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(view.host.engine?.podman ?? '')
  if (!match) return true
  const [, first, second] = match.map(Number)
  return first !== undefined && second !== undefined && (first < major || (first === major && second < minor))
}

/** "Podman 4.3.1" */
export const engineName = (view: HostView): string =>
  view.host.engine === null ? 'This Podman, whose version is not known,' : `Podman ${view.host.engine.podman}`
