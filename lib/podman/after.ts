/** Calls back once, after so many milliseconds. Returns the way to cancel. */
export type After = (milliseconds: number, callback: () => void) => () => void

export const liveAfter: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}
