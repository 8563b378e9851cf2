/** The environment asks for a connection that cannot be: one line that names the variable and the accepted form. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem'
}
