/** Whether the tour is offered: once for each browser. `?tour=0` leaves it out, for screenshots and scripts. */
const KEY = 'podwire.tour'

export function isFirstVisit(): boolean {
  if (new URLSearchParams(location.search).get('tour') === '0') return false
  try {
    return localStorage.getItem(KEY) === null
  } catch {
    // What cannot be remembered would be offered with every page.
    return false
  }
}

export function rememberVisit(): void {
  try {
    localStorage.setItem(KEY, 'seen')
  } catch {
    // Storage is barred: then it was asked for, and is asked for again.
  }
}
