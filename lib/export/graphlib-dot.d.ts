/** The parser that reads our Graphviz text in the tests; only what they use. */
declare module '@dagrejs/graphlib-dot' {
  interface Graph {
    nodes(): string[]
    edges(): { v: string; w: string }[]
    /** Nothing for what is no node. */
    node(id: string): { label?: string } | undefined
    children(id: string): string[]
  }
  const dot: {
    /** Throws when the text is no DOT. */
    read(text: string): Graph
  }
  export default dot
}
