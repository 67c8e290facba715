import { cruise, type ICruiseResult, type IModule } from 'dependency-cruiser';
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { inRoot } from '../support/project.mjs';
import { rules } from './rules.js';

/** Reads who imports whom below a folder that is laid out like the project, types included, and applies the rules. */
export async function cruiseProject(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    ['src', 'media'],
    {
      baseDir,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      ruleSet: { forbidden: [...rules] },
      validate: true,
    },
    { extensionAlias: { '.js': ['.ts', '.js'] } },
    { tsConfig: extractTypeScriptConfig(inRoot('tsconfig.base.json')) },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser was to give an object.');
  return output;
}

export function violationsOf(result: ICruiseResult, rule: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.rule.name === rule)
    .map(({ from, to }) => `${from} -> ${to}`);
}

export function importersOf(modules: readonly IModule[], imported: RegExp): string[] {
  return modules
    .filter(({ source }) => /^(src|media)\//.test(source))
    .filter(({ dependencies }) =>
      dependencies.some(({ resolved, module }) => imported.test(resolved) || imported.test(module)),
    )
    .map(({ source }) => source);
}
