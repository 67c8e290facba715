import { types } from 'node:util';
import { descriptorOf } from './plainReads.js';

const LONGEST = 200;

/** The name of its class; runs nothing of the user. */
export function typeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || types.isProxy(value))
    return value === null ? 'null' : typeof value;
  const maker: unknown = descriptorOf(value, 'constructor')?.value;
  const name: unknown = typeof maker === 'function' ? descriptorOf(maker, 'name')?.value : undefined;
  return typeof name === 'string' && name !== '' ? name.slice(0, LONGEST) : 'Object';
}

export function isClass(value: object): boolean {
  const prototype = types.isProxy(value) ? undefined : Reflect.getOwnPropertyDescriptor(value, 'prototype');
  return prototype?.writable === false;
}
