/** Runs tasks with at most `size` at the same time, in the order they were given. */
export type Pool = <T>(task: () => Promise<T>) => Promise<T>

export function createPool(size: number): Pool {
  let running = 0
  const waiting: (() => void)[] = []
  return async task => {
    if (running >= size) await new Promise<void>(resolve => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // The place is handed on, not freed and taken again.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
