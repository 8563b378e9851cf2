/** Connects the page's state to the browser: the stream, the address bar, the theme. One per page. */
import { pageClock } from './clock'
import { readJson } from './guards'
import { isAbout } from './schema'
import { askAhead } from './shared-source'
import type { PageState, PageStore } from './store'
import { openStream } from './stream'
import { applyTheme, storedTheme, storeTheme } from './theme'
import { formatUrl, parseUrl, type UrlState } from './url'
import { wordsOf } from './words/catalogue'
import { saying, sayingOf } from './words/said'
import { chooseLanguage } from './words/language'

/** Typing and looks leave no trail in the history; everything else can be undone with Back. */
const worthGoingBackTo = (a: UrlState, b: UrlState) =>
  formatUrl({ ...a, q: '', theme: null, lang: null }) !== formatUrl({ ...b, q: '', theme: null, lang: null })

/**
 * Next's router listens in on history.pushState and writes the address back a moment later, over what Back and Forward have
 * done meanwhile. There is one route here, so it is left out: it ignores entries that carry no state of its own.
 */
const write = (how: 'pushState' | 'replaceState', address: string) =>
  History.prototype[how].call(history, null, '', address)

function followAddressBar(store: PageStore): () => void {
  const read = () => store.setUrl(parseUrl(location.search))
  write('replaceState', location.href)
  read()
  const stopWriting = store.subscribe(({ url }, before) => {
    const search = formatUrl(url)
    if (url === before.url || search === formatUrl(parseUrl(location.search))) return
    const target = `${location.pathname}${search}${location.hash}`
    write(worthGoingBackTo(url, before.url) ? 'pushState' : 'replaceState', target)
  })
  addEventListener('popstate', read)
  return () => {
    stopWriting()
    removeEventListener('popstate', read)
  }
}

function followTheme(store: PageStore): () => void {
  store.setState({ theme: store.getState().url.theme ?? storedTheme() })
  return store.subscribe(({ theme, url }, before) => {
    if (theme !== before.theme) {
      applyTheme(theme)
      if (url.theme === null) storeTheme(theme)
    } else if (url.theme !== before.url.theme && url.theme !== null) {
      store.setTheme(url.theme)
    }
  })
}

/** The link's language, else the browser's; the document says which it is, for those who have it read out. */
function followLanguage(store: PageStore): () => void {
  let wanted = chooseLanguage(null, [])
  const read = async () => {
    const language = chooseLanguage(store.getState().url.lang, navigator.languages)
    if (language === wanted) return
    wanted = language
    const [words, say] = await Promise.all([wordsOf(language), sayingOf(language)])
    if (language !== wanted) return
    document.documentElement.lang = language
    saying.setState({ say })
    store.setWords(words)
  }
  const follow = () => void read()
  follow()
  addEventListener('languagechange', follow)
  const unsubscribe = store.subscribe(({ url }, before) => {
    if (url.lang !== before.url.lang) follow()
  })
  return () => {
    removeEventListener('languagechange', follow)
    unsubscribe()
  }
}

async function readAbout(store: PageStore): Promise<void> {
  try {
    const response = await fetch('/api/v1/about', { headers: { accept: 'application/json' } })
    const about = response.ok ? readJson(isAbout, await response.text()) : null
    if (about !== null) store.setAbout(about)
  } catch {
    // The page works without: the stream says what is live, and a reconnection asks again.
  }
}

const STREAM = '/api/v1/stream'

/** Asks for the picture before there is a page to show it. In the browser only. */
export const prepareSession = (): void => askAhead(STREAM)

/** Keeps the state as the server says it is; returns the way to stop. */
export function followStream(store: PageStore): () => void {
  const { now } = pageClock
  const stream = openStream(STREAM, {
    state: state => store.setStream(state),
    topology: topology => {
      store.receiveTopology(topology, now(), true)
      void readAbout(store)
    },
    patched: topology => store.receiveTopology(topology, now(), false),
    findings: report => store.receiveFindings(report),
    ping: ping => store.receivePing(ping, now()),
  })
  const retry = () => {
    if (!document.hidden) stream.retry()
  }
  addEventListener('online', retry)
  document.addEventListener('visibilitychange', retry)
  const unsubscribe = store.subscribe(({ topology }, before) => {
    if (topology !== before.topology) saying.setState({ topology })
  })
  return () => {
    unsubscribe()
    removeEventListener('online', retry)
    document.removeEventListener('visibilitychange', retry)
    stream.close()
  }
}

/** Who reaches whom is asked for by the few who want to know, so its code comes with the first question. */
function followReach(store: PageStore): () => void {
  let stop: (() => void) | null = null
  let ended = false
  const start = async () => {
    const { followReach: follow } = await import('./reach/follow')
    if (!ended) stop = follow(store)
  }
  const asks = ({ url }: PageState) => url.reach !== null || url.view === 'matrix'
  let unsubscribe = () => {}
  const look = (state: PageState) => {
    if (!asks(state)) return
    unsubscribe()
    void start()
  }
  unsubscribe = store.subscribe(look)
  look(store.getState())
  return () => {
    ended = true
    unsubscribe()
    stop?.()
  }
}

/** What changed is remembered from the start, by code that may come a moment later. */
function followHistory(store: PageStore): () => void {
  let stop: (() => void) | null = null
  let ended = false
  const start = async () => {
    const { followHistory: follow } = await import('./history/follow')
    if (!ended) stop = follow(store)
  }
  void start()
  return () => {
    ended = true
    stop?.()
  }
}

/** Starts everything; returns the way to stop it. */
export function startSession(store: PageStore): () => void {
  const stops = [
    followAddressBar(store),
    followTheme(store),
    followLanguage(store),
    followStream(store),
    followReach(store),
    followHistory(store),
  ]
  return () => stops.forEach(stop => stop())
}
