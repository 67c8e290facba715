/** Runs in the thread in which Node.js before 22.15 resolves imports. */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Resolutions } from './resolutions.js';

interface Found {
  readonly url: string;
}
type Next<Context> = (specifier: string, context: Context) => Promise<Found>;

const ownFrames = / +at .*reloadHooks\.cjs.*\n/g;

let port: MessagePort;
let resolutions: Resolutions;

export function initialize(data: { readonly port: MessagePort }): void {
  port = data.port;
  resolutions = new Resolutions((resolution) => {
    port.postMessage(resolution);
  });
}

export async function resolve<Context extends { readonly parentURL?: string }>(
  specifier: string,
  context: Context,
  next: Next<Context>,
): Promise<Found> {
  // what was posted before the import is here by now
  for (let sent = receiveMessageOnPort(port); sent; sent = receiveMessageOnPort(port))
    resolutions.setVersions(sent.message as [string, number][]);
  try {
    const found = await next(specifier, context);
    return { ...found, url: resolutions.found(context.parentURL, found.url) };
  } catch (error) {
    resolutions.missing(context.parentURL, specifier);
    if (error instanceof Error) error.stack = (error.stack ?? '').replaceAll(ownFrames, '');
    throw error;
  }
}
