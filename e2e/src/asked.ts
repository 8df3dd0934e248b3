/** A page that can be asked, however it is driven. */
export interface Asked {
  /** Calls a function in the page. It, its argument and its result must survive being written down. */
  evaluate<Result, Argument>(
    work: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
}
