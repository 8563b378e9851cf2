/** What the ticker says alike in every language. */
export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** "8080", "7000–7010", "53/udp": TCP goes without saying. */
export const portOf = ({ port, last }: { port: { hostPort: number; protocol: string }; last: number }) =>
  `${port.hostPort}${last === port.hostPort ? '' : `–${last}`}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`
