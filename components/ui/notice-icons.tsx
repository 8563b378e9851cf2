/** Of notices; by themselves, because the screens that stand outside of the page carry what they import a second time. */
import { stroke } from './stroke'

export const WarningIcon = stroke(<path d="M8 2 14.3 13H1.7zM8 6.2v3.2M8 11.3h.01" />)
export const QuestionIcon = stroke(
  <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.4A1.8 1.8 0 1 1 8 8.6v.7M8 11.4h.01" />,
)
