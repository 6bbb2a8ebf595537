import type { FastifyInstance } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { ERROR_TABLE, type ErrorCode } from '../../common/errors/error-table.js';
import { PROBLEMS_PATH } from '../../common/errors/problem-type.js';

/**
 * `/problems` and `/problems/CODE`, public: what the `type` of a problem leads to. Made when first
 * asked for.
 */
export function serveProblems(server: FastifyInstance): void {
  const pages = () => import('./problem.page.js');
  server.get(PROBLEMS_PATH, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send((await pages()).problemsPage()),
  );
  server.get<{ Params: { code: string } }>(
    `${PROBLEMS_PATH}/:code`,
    async ({ params: { code } }, reply) => {
      if (!isCode(code)) throw new AppError('not_found');
      return reply.type('text/html; charset=utf-8').send((await pages()).problemPage(code));
    },
  );
}

const isCode = (text: string): text is ErrorCode => Object.hasOwn(ERROR_TABLE, text);
