import { changes } from './changes'
import { declared } from './declared'
import { filter } from './filter'
import { findings } from './findings'
import { inspector } from './inspector'
import { legend } from './legend'
import { list } from './list'
import { map } from './map'
import { page } from './page'
import { reach } from './reach'
import { rules } from './rules'
import { screens } from './screens'
import { shell } from './shell'
import { take } from './take'
import { tour } from './tour'
import { ui } from './ui'
import { units } from './units'
import { values } from './values'

export const en = {
  ui,
  filter,
  take,
  values,
  page,
  shell,
  screens,
  legend,
  findings,
  rules,
  inspector,
  units,
  declared,
  reach,
  map,
  list,
  changes,
  tour,
}
