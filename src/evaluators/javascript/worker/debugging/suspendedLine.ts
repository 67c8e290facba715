import { Session } from 'node:inspector';
import { define, scope } from '../globalScope.js';

const GENERATOR = 'extsession.generator';

interface Inspected {
  readonly result?: { readonly objectId?: string };
}
interface Properties {
  readonly internalProperties?: readonly { readonly name: string; readonly value?: { readonly value?: unknown } }[];
}

/** The line in which a generator waits, counted from 0, as the inspector knows it; undefined if it does not wait. */
export function suspendedLine(generator: object): number | undefined {
  const session = new Session();
  const ask = (method: string, params: object): unknown => {
    let answer: unknown;
    session.post(method, params, (_error, result) => (answer = result)); // it is called at once
    return answer;
  };
  define(GENERATOR, generator);
  try {
    session.connect();
    const { result } = ask('Runtime.evaluate', { expression: `this['${GENERATOR}']` }) as Inspected;
    const properties = ask('Runtime.getProperties', { objectId: result?.objectId, ownProperties: true }) as Properties;
    const location = properties.internalProperties?.find(({ name }) => name === '[[GeneratorLocation]]');
    return (location?.value?.value as { readonly lineNumber?: number } | undefined)?.lineNumber;
  } finally {
    session.disconnect();
    Reflect.deleteProperty(scope, GENERATOR);
  }
}
