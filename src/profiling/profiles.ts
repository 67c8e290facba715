import * as vscode from 'vscode';
import type { ExtResults } from '../engine/extResults.js';
import { LineTimesInEditor } from './lineTimesInEditor.js';

/** Of a profile of the time, and of the memory. */
const ENDINGS = { time: '.cpuprofile', memory: '.heapprofile' };
/** Older ones are deleted. */
const MOST_FILES = 20;
const LONGEST_NAME = 60;
const TIME = 'YYYY-MM-DD hh.mm.ss.mmm';

/** The profiles of commands: as files that VS Code's own viewer opens, and as times at the ends of lines. */
export class Profiles implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #lines = new LineTimesInEditor();

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** Opens the profile of a command when that has ended. Rejects with the error of the file system. */
  async open(results: ExtResults, name: string): Promise<void> {
    const lines = this.#lines.begin();
    try {
      const { profile, status } = await results.wait();
      if (profile !== undefined) {
        lines.show(profile);
        await this.#show(profile, name, ENDINGS.time);
      } else if (status !== 'cancelled') {
        tellOfNone();
      }
    } finally {
      lines.end();
    }
  }

  /** The same for the profile of its memory. */
  async openMemory(results: ExtResults, name: string): Promise<void> {
    const { profile, status } = await results.wait();
    if (profile !== undefined) await this.#show(profile, name, ENDINGS.memory);
    else if (status !== 'cancelled') tellOfNone();
  }

  clearLineTimes(): void {
    this.#lines.clear();
  }

  dispose(): void {
    this.#lines.dispose();
  }

  async #show(profile: string, name: string, ending: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', await this.#write(profile, name, ending));
  }

  async #write(profile: string, name: string, ending: string): Promise<vscode.Uri> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    const file = vscode.Uri.joinPath(this.#folder, `${plain(name)} ${timeNow()}${ending}`);
    await vscode.workspace.fs.writeFile(file, Buffer.from(profile));
    const files = (await vscode.workspace.fs.readDirectory(this.#folder)).map(([each]) => each);
    const profiles = files
      .filter((each) => Object.values(ENDINGS).some((ending) => each.endsWith(ending)))
      .sort(byTime);
    await Promise.all(
      profiles.slice(0, -MOST_FILES).map((old) => vscode.workspace.fs.delete(vscode.Uri.joinPath(this.#folder, old))),
    );
    return file;
  }
}

function tellOfNone(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('The command has ended without a profile.'));
}

/** Such as `2026-11-29 21.30.02.133`, in UTC. */
function timeNow(): string {
  return new Date().toISOString().replace('T', ' ').replaceAll(':', '.').slice(0, TIME.length);
}

function byTime(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => name.slice(0, name.lastIndexOf('.')).slice(-TIME.length));
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').slice(0, LONGEST_NAME);
}
