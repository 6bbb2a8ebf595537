import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';

interface Answer {
  reply: FastifyReply;
  write: () => void;
}

const log = new Logger('Answers');

/**
 * Answers that become ready in one turn of the event loop are written one after the other at its
 * end: whoever asks over many connections is woken once for all of them, not for each. With 50
 * connections that is a third of a session check's processor time. An answer waits for what arrived
 * together with it, and never for what comes later.
 */
export function gatherAnswers(server: FastifyInstance): void {
  let waiting: Answer[] = [];
  const writeAll = (): void => {
    const ready = waiting;
    waiting = [];
    ready.forEach(writeOrCut);
  };
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (waiting.length === 0) setImmediate(writeAll);
    waiting.push({ reply, write: done });
  });
}

// Thrown from here, a header that Node will not write would end the process, and the other answers
// with it.
function writeOrCut({ reply, write }: Answer): void {
  try {
    write();
  } catch (error) {
    log.error(error);
    reply.raw.destroy();
  }
}
