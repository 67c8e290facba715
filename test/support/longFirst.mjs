import { BaseSequencer } from 'vitest/node';

/**
 * Files that take long although they are small: they wait for the ends of processes, or run a table of cases. Vitest
 * begins with large files where it has measured nothing, as in a bare clone, and would have to wait for these in the end.
 */
const long = [
  'hostDeath',
  'reach/linkKilled',
  'isolation/javascript',
  'isolation/python',
  'flawedEvaluator',
  'conformance',
  'reach/slurm',
  'kept/keptIsolation',
].map((name) => `/test/integration/${name}.test.ts`);

/** Of those that wait, there is one beside so many that compute. */
const OTHERS = 3;

/** The order in which files are run: those that take long are begun early. */
export class LongFirst extends BaseSequencer {
  /**
   * @override
   * @param {Parameters<BaseSequencer['sort']>[0]} files
   */
  async sort(files) {
    const sorted = await super.sort(files);
    /** @param {(typeof files)[number]} file */
    const rank = ({ moduleId }) => long.findIndex((name) => moduleId.endsWith(name));
    const early = sorted.filter((file) => rank(file) >= 0).toSorted((one, other) => rank(one) - rank(other));
    const others = sorted.filter((file) => rank(file) < 0);
    return early.flatMap((file) => [file, ...others.splice(0, OTHERS)]).concat(others);
  }
}
