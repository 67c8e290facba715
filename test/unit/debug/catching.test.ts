import { expect, test } from 'vitest';
import { catches, treeOf } from '../../../src/evaluators/javascript/worker/debugging/catching.js';

/** Whether what is thrown at `HERE` is caught. */
function isCaught(source: string): boolean {
  const tree = treeOf(source);
  if (!tree) throw new Error('It cannot be parsed.');
  return catches(tree, source.indexOf('HERE'));
}

test.each([
  'try { HERE() } catch {}',
  'try { if (1) { for (;;) HERE() } } catch (e) { log(e); throw e }',
  'function f() { try { HERE() } catch {} }',
  'try { try { HERE() } finally {} } catch {}',
  'f(HERE()).then(1).catch(() => 1)',
  'HERE().then(a, b)',
  'Promise.allSettled([HERE()])',
  'return HERE().catch(log)',
  'import a from "a"; try { HERE() } catch {}',
])('it is caught: %s', (source) => {
  expect(isCaught(source)).toBe(true);
});

test.each([
  'HERE()',
  'try {} catch { HERE() }',
  'try {} catch {} finally { HERE() }',
  'try { HERE() } finally {}',
  'try { HERE() } catch (e) { throw new Error("more", { cause: e }) }',
  'try { f(() => { HERE() }) } catch {}',
  'try { class A { static { HERE() } } } catch {}',
  'f().catch(HERE)',
  'f().then(HERE, a)',
  'HERE().then(a)',
  'HERE().catch()',
  'Promise.all([HERE()])',
])('it is not caught: %s', (source) => {
  expect(isCaught(source)).toBe(false);
});

test('code that cannot be parsed has no tree', () => {
  expect(treeOf('const = 1')).toBeUndefined();
});
