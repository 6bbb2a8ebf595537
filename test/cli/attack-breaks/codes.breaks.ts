import { answersTo, become, CONFIRM, tokenIn, WRONG_CODE, type Break } from './break.js';

const neverUsedUp = () =>
  answersTo(CONFIRM, (reply) => reply.status === 429 && become(reply, 422, WRONG_CODE));
const alwaysRight = () =>
  answersTo(CONFIRM, (reply) => reply.status >= 400 && become(reply, 200, { token: 'x' }));

/** Codes that can be guessed, raced or used again. */
export const CODE_BREAKS: readonly Break[] = [
  {
    attack: 'guessing',
    what: 'a session that may guess for ever',
    told: /6 wrong codes of one session were compared/,
    make: neverUsedUp,
  },
  {
    attack: 'guessing',
    what: 'tries refilled by each new session',
    told: /of one account were compared, by new sessions/,
    make: () => {
      const tries = new Map<string, number>();
      return answersTo(CONFIRM, (reply, request) => {
        const count = (tries.get(tokenIn(request)) ?? 0) + 1;
        tries.set(tokenIn(request), count);
        if (reply.status === 429 && count <= 5) become(reply, 422, WRONG_CODE);
      });
    },
  },
  {
    attack: 'guessing',
    what: 'a right code after the last try',
    told: /The right code was taken after its tries were used up/,
    make: () =>
      answersTo(CONFIRM, (reply, { body }) => {
        if (reply.status === 429 && !/"00000[01]"/.test(body)) become(reply, 200, { token: 'x' });
      }),
  },
  {
    attack: 'racing-codes',
    what: 'a code used up after the comparing',
    told: /\d+ of 50 right codes at once succeeded/,
    make: alwaysRight,
  },
  {
    attack: 'racing-codes',
    what: 'a try spent after the comparing',
    told: /50 of 50 wrong codes at once were compared/,
    make: neverUsedUp,
  },
  {
    attack: 'racing-registrations',
    what: 'a name looked up before it is written',
    told: /8 of 8 registrations of one username/,
    make: () =>
      answersTo(
        'POST /api/v1/registration',
        (reply) => reply.status === 409 && become(reply, 201, { token: 'x' }),
      ),
  },
  {
    attack: 'replay',
    what: 'a code that works twice',
    told: /A used code was taken a second time/,
    make: alwaysRight,
  },
];
