/** English that stands in a component instead of in the catalogue. */

/** Attributes whose value somebody reads or hears; of `name`, capital letters tell words from ids. */
const SPOKEN = /\s(aria-label|title|placeholder|alt|label|says|name)="([^"]*\p{L}[^"]*)"/gu
/** Text between tags, or between a tag and a value. Code between them has brackets, quotes, or begins with a keyword. */
const TEXT = /(?<=[^=]>|\})[^<>{}=;()'"`|&[\]$]*\p{L}{2,}[^<>{}=;()'"`|&[\]$]*(?=<\/|\{|<\p{L})/gu
const CODE = /^([,:]|(as|case|catch|class|const|default|else|export|finally|function|interface|let|return|try|type)\b)/

/** Names that are the same in every language. */
const NAMES = new Set(['Podwire', 'Podman', 'netavark', 'bridge', 'DNS', 'VLAN', 'MTU', 'MAC', 'Esc'])

/** Literal words in the source of a component, in the order in which they stand. */
export function literalsIn(source: string): string[] {
  const code = source
    .replaceAll(/<noscript>[\s\S]*?<\/noscript>/g, '') // Nobody can choose a language there.
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
  const spoken = [...code.matchAll(SPOKEN)].flatMap(([, attribute = '', value = '']) =>
    attribute === 'name' && !/^\p{Lu}/u.test(value) ? [] : [value],
  )
  const texts = [...code.matchAll(TEXT)].map(([text]) => text.trim().replaceAll(/\s+/g, ' '))
  return [...spoken, ...texts.filter(text => !CODE.test(text))].filter(text => !NAMES.has(text))
}
