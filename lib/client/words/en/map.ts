/** The picture: what it draws, and what is said round it. */
import { MAP_WORDS, type MapWords } from '@/lib/graph/map-words'

const drawn: MapWords = MAP_WORDS

export const map = {
  drawn,
  name: 'Map of hosts, doors, networks and containers',
  keys: 'Walk it with the arrow keys, open with Enter, fold a network with F, leave with Escape. The list has the same content.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit the picture',
}
