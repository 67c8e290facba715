import { languageOf, type SourceLanguage } from '../../../src/editor/languages.js';

export function languageNamed(languageId: string): SourceLanguage {
  const language = languageOf(languageId);
  if (!language) throw new Error(`No session runs ${languageId}.`);
  return language;
}
