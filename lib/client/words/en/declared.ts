/** What quadlet files declare and is not there. */
export const declared = {
  title: 'Declared',
  means: 'What quadlet files declare and is not there: shown as it would stand',
  group: 'Declared by files, not there',
  on: (networks: string) => `on ${networks}`,
}
