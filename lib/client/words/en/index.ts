import { legend } from './legend'
import { page } from './page'
import { screens } from './screens'
import { values } from './values'

export const en = { values, page, screens, legend }
