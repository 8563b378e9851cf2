/** The table. A new rule is one file beside this one, and one line here. */
import type { Rule } from '../types'
import { hostNetwork } from './host-network'

export const RULES: readonly Rule[] = [hostNetwork]
