/** The parser that reads our Graphviz text in the tests; only what they use. */
declare module '@dagrejs/graphlib-dot' {
  interface Graph {
    nodes(): string[]
    edges(): { v: string; w: string }[]
    node(id: string): { label?: string; shape?: string }
    children(id: string): string[]
    graph(): Record<string, string>
  }
  /** Throws when the text is no DOT. */
  export function read(text: string): Graph
}
