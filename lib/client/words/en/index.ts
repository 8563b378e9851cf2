import { inspector } from './inspector'
import { legend } from './legend'
import { page } from './page'
import { screens } from './screens'
import { shell } from './shell'
import { ui } from './ui'
import { values } from './values'

export const en = { ui, values, page, shell, screens, legend, inspector }
