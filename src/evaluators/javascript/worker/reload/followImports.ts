import * as nodeModule from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { type Resolution, Resolutions } from './resolutions.js';

/** What knows of all imports of ES modules from now on. */
export interface FollowedImports {
  /** What was resolved since the last call. */
  take(): Resolution[];
  /** Later imports of these URLs get these versions. */
  setVersions(versions: readonly (readonly [url: string, version: number])[]): void;
}

interface Context {
  readonly conditions: readonly string[];
  readonly parentURL?: string;
}
type Resolve = (
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => { readonly url: string },
) => { readonly url: string };
/** Since Node.js 22.15, and unknown to the types. */
const { registerHooks } = nodeModule as { readonly registerHooks?: (hooks: { readonly resolve: Resolve }) => void };

export function followImports(): FollowedImports {
  return registerHooks ? followInThisThread(registerHooks) : followInTheirThread();
}

function followInThisThread(register: NonNullable<typeof registerHooks>): FollowedImports {
  let taken: Resolution[] = [];
  const resolutions = new Resolutions((resolution) => {
    taken.push(resolution);
  });
  register({
    resolve: (specifier, context, next) => {
      if (context.conditions.includes('require')) return next(specifier, context); // CommonJS has a cache of its own
      try {
        const found = next(specifier, context);
        return { ...found, url: resolutions.found(context.parentURL, found.url) };
      } catch (error) {
        resolutions.missing(context.parentURL, specifier);
        throw error;
      }
    },
  });
  return {
    take: () => {
      const all = taken;
      taken = [];
      return all;
    },
    setVersions: (versions) => {
      resolutions.setVersions(versions);
    },
  };
}

function followInTheirThread(): FollowedImports {
  const { port1: port, port2 } = new MessageChannel();
  nodeModule.register(pathToFileURL(path.join(__dirname, 'reloadHooks.cjs')), {
    data: { port: port2 },
    transferList: [port2],
  });
  port.unref();
  return {
    take: () => {
      const all: Resolution[] = [];
      for (let sent = receiveMessageOnPort(port); sent; sent = receiveMessageOnPort(port))
        all.push(sent.message as Resolution);
      return all;
    },
    setVersions: (versions) => {
      port.postMessage(versions);
    },
  };
}
