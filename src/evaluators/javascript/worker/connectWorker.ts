import path from 'node:path';
import type { MainMessage, SideMessage } from '../../../protocol/worker.js';
import { Channel } from './channel.js';
import { router } from './command.js';
import { useSpareCompiler } from './compile/spareCompiler.js';
import { Fifos } from './output/fifos.js';
import { NamedPipes } from './output/namedPipes.js';
import { programFile } from './programFile.js';
import { Reloading } from './reload/reloading.js';
import { Worker } from './worker.js';

const isWindows = process.platform === 'win32';

/** Connects to the host, and serves it until it sends `exit` or is gone. */
export async function connectWorker(controlPath: string): Promise<void> {
  const token = process.env.EXTSESSION_TOKEN ?? '';
  router.marker = process.env.EXTSESSION_MARKER ?? '';
  delete process.env.EXTSESSION_TOKEN;
  delete process.env.EXTSESSION_MARKER;
  useSpareCompiler(process.env.EXTSESSION_TYPESCRIPT);
  delete process.env.EXTSESSION_TYPESCRIPT;
  const reload = takeReloadFolders();
  const pairs = isWindows ? new NamedPipes(controlPath, token) : new Fifos(path.dirname(controlPath));
  const prepared = pairs.prepare();
  const info = {
    language: 'javascript',
    name: 'Node.js',
    version: process.versions.node,
    executable: process.execPath,
    cwd: process.cwd(),
  };
  const closed = (): void => {
    worker.endWithoutHost(controlPath);
  };
  const channels = {
    main: new Channel(
      controlPath,
      { t: 'hello', channel: 'main', token, pid: process.pid, info, interruptsItself: true, leavesChildren: true },
      { message: (message: MainMessage) => worker.receive(message), closed },
    ),
    side: new Channel(
      controlPath,
      { t: 'hello', channel: 'side', token },
      { message: (message: SideMessage) => worker.receiveSide(message), closed },
    ),
  };
  const tell = isWindows ? () => undefined : programFile(path.dirname(controlPath));
  const worker: Worker = new Worker(pairs, channels, tell, reload && new Reloading(reload));
  await prepared;
  worker.begin(path.dirname(controlPath));
}

/** The modules to load anew when their files have changed; undefined if there are none. */
function takeReloadFolders(): 'all' | readonly string[] | undefined {
  const { EXTSESSION_RELOAD: folders = '' } = process.env;
  delete process.env.EXTSESSION_RELOAD;
  if (folders === '') return undefined;
  return folders === 'all' ? folders : folders.split(path.delimiter);
}
