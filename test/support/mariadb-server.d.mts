import type { ChildProcess } from 'node:child_process';

interface MariaDbServer {
  url: string;
  child: ChildProcess;
  folder: string;
}

export function startMariaDbServer(flags?: readonly string[]): Promise<MariaDbServer | undefined>;
export function freePort(): Promise<number>;
export function freeze(process: ChildProcess): Promise<void>;
