import { types } from 'node:util';
import { descriptorOf } from './plainReads.js';

/** The name of its class; runs nothing of the user. */
export function typeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || types.isProxy(value))
    return value === null ? 'null' : typeof value;
  const maker: unknown = descriptorOf(value, 'constructor')?.value;
  return typeof maker === 'function' && maker.name ? maker.name : 'Object';
}
