/** Free text of engines is hostile: it stays text, but not endlessly much of it. */

/** PATH_MAX of Linux. */
export const maxPath = 4096
/** Podman's names have no limit of their own; nothing useful is longer than this. */
export const maxName = 256
export const maxLabel = 256

/** Cuts `text` to `max` UTF-16 units, the last of them an ellipsis that says so; never splits a surrogate pair. */
export const cut = (text: string, max: number): string => {
  if (text.length <= max) return text
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1
  return `${text.slice(0, end)}…`
}

const schemeAndRest = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s]*)/gi

/**
 * Removes user names and passwords from every URL inside `text`, and what follows "?" or "#", where tokens hide:
 * "https://me:secret@example.org/x?token=y" → "https://example.org/x".
 */
export const withoutCredentials = (text: string): string =>
  text.replace(schemeAndRest, (_, scheme: string, rest: string) => {
    const plain = rest.replace(/[?#].*$/s, '')
    const authorityEnd = plain.indexOf('/')
    const authority = authorityEnd === -1 ? plain : plain.slice(0, authorityEnd)
    if (authority.includes('@')) return scheme + plain.slice(authority.lastIndexOf('@') + 1)
    // "user:pa/ss@host": not a valid URL, but the password in it is one all the same.
    const unescaped = /:(?!\d*$)/.test(authority) && plain.includes('@')
    return scheme + (unescaped ? plain.slice(plain.lastIndexOf('@') + 1) : plain)
  })

/** An image reference without userinfo; "name@sha256:…" keeps its digest. */
export const withoutImageCredentials = (reference: string): string => {
  const plain = withoutCredentials(reference)
  const digest = /@(?=[a-z0-9]+:[0-9a-f]{32,}$)/.exec(plain)
  const name = digest === null ? plain : plain.slice(0, digest.index)
  const kept = name.includes('@') ? name.slice(name.lastIndexOf('@') + 1) : name
  return digest === null ? kept : kept + plain.slice(digest.index)
}
