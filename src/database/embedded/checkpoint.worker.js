// Moves the write-ahead log of the embedded database into its file, on a thread of its own: SQLite
// waits for the disk meanwhile.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'libsql';

const database = new Database(workerData.file, { timeout: 50 });
database.exec('PRAGMA synchronous = NORMAL');

parentPort.on('message', (mode) => {
  if (mode === 'CLOSE') {
    database.close();
    parentPort.close();
    return;
  }
  try {
    const [isBusy, pages, moved] = database.prepare(`PRAGMA wal_checkpoint(${mode})`).raw().get();
    parentPort.postMessage({ isWhole: isBusy === 0 && pages === moved });
  } catch (error) {
    parentPort.postMessage({ code: String(error?.code) });
  }
});
