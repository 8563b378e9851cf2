/** Keeps a page's history, from the first picture on. */
import type { PageState, PageStore } from '../store'
import { EMPTY_HISTORY, recordFindings, recordTopology, type Picture } from './history'
import { lookedKey, readLooked } from './looked'

const pictureOf = ({ topology, findings }: PageState): Picture | null =>
  topology === null ? null : { topology, findings }

/** Follows what is drawn: what a reader has paused is one change, once it is shown. Returns the way to stop. */
export function followHistory(store: PageStore): () => void {
  let key: string | null = null
  const readStored = () => {
    const { history } = store.getState()
    const stored = key === null ? null : readLooked(key)
    if (history !== null && stored !== null)
      store.setState({ history: { ...history, looked: { ...history.looked, ...stored } } })
  }
  const take = (state: PageState, before: PageState | null) => {
    const { topology, findings } = state
    if (topology === null || (topology === before?.topology && findings === before.findings)) return
    const had = before === null ? null : pictureOf(before)
    let history = state.history ?? EMPTY_HISTORY
    if (topology !== before?.topology) history = recordTopology(history, had, topology)
    if (findings !== null && findings !== before?.findings)
      history = recordFindings(history, { topology, findings: before?.findings ?? null }, findings)
    store.setState({ history })
    const current = lookedKey(topology)
    if (current === key) return
    key = current
    readStored()
  }
  take(store.getState(), null)
  const unsubscribe = store.subscribe(take)
  const onStorage = (event: StorageEvent) => {
    if (event.key === key) readStored()
  }
  addEventListener('storage', onStorage)
  return () => {
    unsubscribe()
    removeEventListener('storage', onStorage)
  }
}
