import type { DestinationStream } from 'pino';
import type { LogOutput } from './log-output.js';
import type { Settings } from '../../config/settings.js';

/** Where log lines go: lines for people on a terminal in development, JSON everywhere else. */
export async function logLines(
  { environment }: Pick<Settings, 'environment'>,
  output: LogOutput,
  isTerminal: boolean,
): Promise<DestinationStream> {
  if (environment !== 'development' || !isTerminal) return output;
  const { prettyFactory } = await import('pino-pretty');
  const prettyLine = prettyFactory({
    colorize: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
  });
  const pretty = {
    write: (line: string) => output.write(prettyLine(line)),
    flush: () => output.flush(),
  };
  return pretty;
}
