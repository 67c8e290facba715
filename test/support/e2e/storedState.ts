/** Runs in the page: all values of VS Code's databases that are text. */
export async function storedState(): Promise<string> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('The database cannot be read.', { cause: request.error }));
      };
    });
  const values: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await done(indexedDB.open(name));
    values.push(...(await done<unknown[]>(database.transaction('ItemTable').objectStore('ItemTable').getAll())));
    database.close();
  }
  return values.filter((value) => typeof value === 'string').join('\n');
}
