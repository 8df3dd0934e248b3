/** Something a person can understand and act on: printed as it is, without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";
}
