/** The log of changes of a page: fed by its state, from the first picture on. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ChangeLog, EMPTY_LOG, logFindings, logTopology } from './changes'
import type { PageState } from './store'

export interface FollowedLog {
  log: StoreApi<ChangeLog>
  stop: () => void
}

/** Follows what is drawn; `log` notifies when something changed. */
export function followChanges(page: Pick<StoreApi<PageState>, 'getState' | 'subscribe'>): FollowedLog {
  const log = createStore<ChangeLog>(() => EMPTY_LOG)
  const take = ({ topology, findings }: PageState, before: PageState | null) => {
    let next = log.getState()
    if (topology !== null && topology !== before?.topology) next = logTopology(next, topology)
    if (findings !== null && findings !== before?.findings)
      next = logFindings(next, findings, topology?.generatedAt ?? '')
    log.setState(next)
  }
  take(page.getState(), null)
  return { log, stop: page.subscribe(take) }
}
