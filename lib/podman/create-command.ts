/**
 * Options of podman, `run`, `create` and `pod create` that take no value, from the `--help` of 4.3.1, 5.4.2 and 6.1.1.
 * Any other option takes one, so the first word that is neither an option nor a value is the image: what follows it
 * belongs to the container and says nothing about its network.
 */
const withoutValue = new Set([
  '--disable-content-trust',
  '--detach',
  '--env-host',
  '--help',
  '--http-proxy',
  '--infra',
  '--init',
  '--interactive',
  '--no-healthcheck',
  '--no-hostname',
  '--no-hosts',
  '--noout',
  '--oom-kill-disable',
  '--passwd',
  '--privileged',
  '--publish-all',
  '--quiet',
  '--read-only',
  '--read-only-tmpfs',
  '--remote',
  '--replace',
  '--rm',
  '--rmi',
  '--rootfs',
  '--share-parent',
  '--sig-proxy',
  '--syslog',
  '--tls-verify',
  '--trace',
  '--transient-store',
  '--tty',
  '--unsetenv-all',
])

/** -P, -d, -i, -q, -r, -t: may stand together and in front of one that takes a value ("-dp 80:80"). */
const shortWithoutValue = /^-[Pdiqrt]+$/

const subcommands = new Set(['container', 'pod', 'run', 'create'])

const takesNextWord = (option: string): boolean => {
  if (option.includes('=') && option.startsWith('--')) return false
  if (option.startsWith('--')) return !withoutValue.has(option)
  // "-p8080:80" carries its value; "-p" and "-dp" take the next word.
  const afterFlags = option.slice(1).replace(/^[Pdiqrt]+/, '')
  return !shortWithoutValue.test(option) && afterFlags.length === 1
}

/** The values of some long options in the argv of a `podman run`, `create` or `pod create`, as they were typed. */
function valuesOf(argv: readonly string[], options: readonly string[]): string[] {
  const isWanted = (word: string) => options.some(option => word === option || word.startsWith(`${option}=`))
  const values: string[] = []
  let at = 1
  while (at < argv.length) {
    const word = argv[at] ?? ''
    at += 1
    if (subcommands.has(word)) continue
    if (!word.startsWith('-') || word === '-' || word === '--') break
    const next = argv[at]
    if (options.includes(word)) {
      if (next !== undefined) values.push(next)
      at += 1
    } else if (isWanted(word)) values.push(word.slice(word.indexOf('=') + 1))
    // An option of a later Podman that takes no value must not swallow the one that is looked for.
    else if (takesNextWord(word) && next !== undefined && !isWanted(next)) at += 1
  }
  return values
}

/** The values of --network and --net. */
export const networkArguments = (argv: readonly string[]): string[] => valuesOf(argv, ['--network', '--net'])

/** The values of --annotation: "key=value". */
export const annotationArguments = (argv: readonly string[]): string[] => valuesOf(argv, ['--annotation'])
