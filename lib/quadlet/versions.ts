/** Versions of Podman, as far as quadlets differ by them. */

const numbersOf = (version: string): [number, number] => {
  const [, major = '0', minor = '0'] = /^v?(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return [Number(major), Number(minor)]
}

/** Whether "5.4.2" is before "5.5"; patches do not count. */
export function isBefore(version: string, other: string): boolean {
  const [major, minor] = numbersOf(version)
  const [otherMajor, otherMinor] = numbersOf(other)
  return major < otherMajor || (major === otherMajor && minor < otherMinor)
}
