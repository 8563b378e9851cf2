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

/** The failure that libpod's error body tells of; null when the text is none. */
export const failureIn = (text: string): { status: number; message: string } | null => {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('message' in body) || !('response' in body)) return null
    const { message, response } = body
    if (typeof message !== 'string' || typeof response !== 'number') return null
    return response >= 400 && response <= 599 ? { status: response, message: message.slice(0, 300) } : null
  } catch {
    return null
  }
}
