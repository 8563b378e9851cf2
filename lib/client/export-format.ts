/** In what form the page's content can be taken along. */
export const FORMATS = ['png', 'svg', 'json', 'csv', 'mermaid', 'dot'] as const
export type Format = (typeof FORMATS)[number]
