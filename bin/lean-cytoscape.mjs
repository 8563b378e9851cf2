/**
 * For the pages' build: Cytoscape without its graph algorithms, its WebGL renderer and the layouts that compute places, a
 * fifth of it. The picture uses none of them: its places come from lib/graph. What nothing refers to any more, the minifier drops.
 */
const UNUSED_LAYOUTS = ['breadthfirst', 'circle', 'concentric', 'cose', 'grid', 'random']

/**
 * The text with the one place that the pattern finds replaced. A version of Cytoscape that looks otherwise stops the build.
 * @param {string} text
 * @param {string} what
 * @param {RegExp} pattern
 */
function cut(text, what, pattern, by = '') {
  const parts = text.split(pattern)
  if (parts.length !== 2)
    throw new Error(`cytoscape: its ${what} stand in ${parts.length - 1} places; look at bin/lean-cytoscape.mjs`)
  return parts.join(by)
}

/** @param {string} source of cytoscape.esm.mjs */
export default function leanCytoscape(source) {
  let text = cut(source, 'algorithms', /\[[^\]]*\bkClustering\b[^\]]*\](?=\.forEach)/, '[]')
  text = cut(text, 'WebGL functions', /^CRp\$\d+\.initWebgl = function [^]*?^\};$/m)
  for (const name of UNUSED_LAYOUTS) {
    const [, impl] = new RegExp(`name: '${name}',\\s*impl: (\\w+)`).exec(text) ?? []
    text = cut(text, `layouts called ${name}`, new RegExp(`\\{\\s*name: '${name}',\\s*impl: ${impl}\\s*\\},?`))
    text = text.replace(new RegExp(`^${impl}\\.prototype\\.\\w+ = function [^]*?^\\};$`, 'gm'), '')
  }
  return text
}
