/** The small parts that everything else is made of. */
export const ui = {
  unknown: 'unknown',
  none: 'none',
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',
  copyBarred: 'Copying is not allowed here',
}
