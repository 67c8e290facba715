/** What a case finds on Windows. */
export interface Surroundings {
  /** An empty folder of its own. */
  readonly folder: string;
  /** The file of the library. */
  readonly library: string;
  /** A program that says, does and returns what files beside it tell; see programs/stub.c. */
  readonly stub: string;
}

export interface WindowsCase {
  readonly name: string;
  /** Why it is not run here. */
  readonly skip?: string | undefined;
  run(surroundings: Surroundings): Promise<void>;
}
