import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { greeting, startLine, startWarnings } from './server/greeting.js';
import { logLines } from './server/log/log-lines.js';
import { LogOutput } from './server/log/log-output.js';
import { AppLogger } from './server/log/logger.js';
import { AppModule } from './app.module.js';
import { startSchedule } from './server/schedule.js';
import { httpAdapter, setUpApp } from './server/setup.js';
import { Shutdown, thisProcess } from './server/shutdown.js';
import { seconds } from './common/clock.js';
import { phoneLibrary } from './common/phone/phone-library.js';
import { loadSettings } from './load-settings.js';
import type { Settings } from './config/settings.js';

async function serve(settings: Settings): Promise<void> {
  const output = new LogOutput();
  const logger = new AppLogger(settings, await logLines(settings, output, process.stdout.isTTY));
  output.onFlow = (lines) =>
    logger.warn({ msg: 'Log lines flow again; some were dropped.', lines });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(settings),
    httpAdapter(settings),
    {
      bodyParser: false,
      logger,
      abortOnError: false,
    },
  );
  new Shutdown(app, settings, logger, output).watch(thisProcess);
  await setUpApp(app, logger, output);
  await app.listen(settings.port, settings.host);
  logger.log(startLine(settings));
  for (const warning of startWarnings(settings)) logger.warn(warning);
  output.write(greeting(settings));
  output.flush();
  startSchedule(app);
  setTimeout(phoneLibrary, seconds(1)).unref();
}

// What cannot be said on a closed or full screen is no reason to end.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await serve(loadSettings());
} catch (error) {
  // Loaded now: its command line library would cost every start that goes well.
  const { endingOf } = await import('./cli/sentence-of.js');
  const { status, lines } = endingOf(error);
  process.stderr.write(`Ringback cannot start:\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  process.exit(status);
}
