/** What an engine says of a request that failed: its message, or the beginning of whatever it sent instead. */
export const wordsOfFailure = (text: string): string => {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
      return body.message.slice(0, 300)
    }
  } catch {
    // Plain text, as for an unknown route.
  }
  return text.trim().slice(0, 100)
}
