/** Times of the log, in the reader's own form. */
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'medium' })

/** With its day, unless that is today. */
export function clock(iso: string): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return (at.toDateString() === new Date().toDateString() ? time : dateTime).format(at)
}
