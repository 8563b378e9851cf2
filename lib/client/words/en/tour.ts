/** The tour of the first visit: three steps. */
export const tour = {
  title: 'A short tour',
  step: (nth: number, of: number) => `${nth} of ${of}`,
  next: 'Next',
  back: 'Back',
  done: 'Done',
  close: 'Close the tour',
  again: 'Show the tour',
  see: {
    title: 'Read the map from left to right',
    text: 'Left is the outside. Doors are the ports that let it in. They lead to networks, and to the containers in them.',
    outside: 'Outside',
    doors: 'Doors',
    networks: 'Networks',
    containers: 'Containers',
  },
  ask: {
    title: 'Select a thing, then ask who reaches it',
    text: 'A click, or the arrow keys and Enter, opens everything that is known about it. Reach says whom it can connect to; outside says what can be reached from there.',
    reach: 'reach of the selected thing',
    outside: 'from outside',
  },
  find: {
    title: 'Findings say what is exposed, and how to fix it',
    text: 'The panel lists them, the worst first; changes lists what happened since the page was opened.',
    findings: 'findings',
    changes: 'changes',
    search: 'search',
    keys: 'all keys, and this tour',
  },
}
