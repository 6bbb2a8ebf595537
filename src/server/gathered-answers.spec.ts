import { Logger } from '@nestjs/common';
import fastify from 'fastify';
import { gatherAnswers } from './gathered-answers.js';

describe('answers gathered by turns of the event loop', () => {
  const server = fastify();
  const seen: string[] = [];

  beforeAll(() => {
    Logger.overrideLogger(false);
    gatherAnswers(server);
    server.addHook('onResponse', (request, _reply, done) => {
      seen.push(`answered ${request.url}`);
      done();
    });
    server.get(
      '/unwritable',
      (_request, reply) => void reply.header('location', '/\n').send('lost'),
    );
    server.get('/:name', async ({ url }, reply) => {
      seen.push(`ready ${url}`);
      return reply.code(url === '/c' ? 500 : 200).send(url);
    });
  });
  afterAll(() => server.close());

  it('are written together, in order, each as it was', async () => {
    const answers = await Promise.all(['/a', '/b', '/c'].map((url) => server.inject(url)));
    expect(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).toEqual([
      '200 /a',
      '200 /b',
      '500 /c',
    ]);
    expect(seen).toEqual([
      'ready /a',
      'ready /b',
      'ready /c',
      'answered /a',
      'answered /b',
      'answered /c',
    ]);
  });

  it('do not wait for requests that come later', async () => {
    seen.length = 0;
    await server.inject('/first');
    await server.inject('/second');
    expect(seen).toEqual(['ready /first', 'answered /first', 'ready /second', 'answered /second']);
  });

  it('that cannot be written are cut off, and keep none of the others', async () => {
    const [cut, after] = await Promise.allSettled(
      ['/unwritable', '/after'].map((url) => server.inject(url)),
    );
    expect(cut).toMatchObject({ status: 'rejected' });
    expect(after).toMatchObject({ value: { statusCode: 200, body: '/after' } });
  });
});
