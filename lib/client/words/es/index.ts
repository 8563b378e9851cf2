import type { Words } from '../catalogue'
import { legend } from './legend'
import { page } from './page'
import { screens } from './screens'
import { values } from './values'

export const es: Words = { values, page, screens, legend }
