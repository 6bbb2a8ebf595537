import { ACCOUNTS } from '../phone-verification/providers/providers.js';
import { namedProviders, parseRoutes, routeFor } from './verification-routes.js';

const known = ACCOUNTS.map(({ name }) => name);
const read = (text: string, sender = 'inbox') =>
  parseRoutes(text, { self: `self:${sender}`, known });

describe('VERIFICATION_PROVIDER', () => {
  it.each<[string, string[]]>([
    ['self', ['self:vonage']],
    ['self:inbox', ['self:inbox']],
    ['authy', ['authy']],
    ['*=authy', ['authy']],
    ['twilio-verify,self:twilio', ['twilio-verify', 'self:twilio']],
    ['twilio-verify,self:twilio-verify', ['twilio-verify', 'self:twilio-verify']],
    [' twilio-verify , self:aws,self ', ['twilio-verify', 'self:aws', 'self:vonage']],
    [
      'self:http,self:twilio,self:messagebird,self:plivo',
      ['self:http', 'self:twilio', 'self:messagebird', 'self:plivo'],
    ],
  ])('%s is one list for the world', (text, fallback) => {
    expect(read(text, 'vonage')).toEqual({ routes: { routes: {}, fallback }, problems: [] });
  });

  it('may be a list by country, several countries sharing one', () => {
    const { routes, problems } = read(
      ' IN , PK = self:http,self:twilio ; *=twilio-verify ; GB = self ',
      'aws',
    );
    const shared = ['self:http', 'self:twilio'];
    expect(problems).toEqual([]);
    expect(routes).toEqual({
      routes: { IN: shared, PK: shared, GB: ['self:aws'] },
      fallback: ['twilio-verify'],
    });
    expect(routeFor(routes, 'PK')).toEqual(shared);
    for (const other of ['US', '*', 'toString', '__proto__', '', null])
      expect(routeFor(routes, other)).toEqual(['twilio-verify']);
    expect(namedProviders(routes)).toEqual([
      'self:http',
      'self:twilio',
      'self:aws',
      'twilio-verify',
    ]);
  });

  const providers =
    'self, authy, twilio-verify, self:inbox, self:http, self:twilio, self:vonage, self:messagebird, self:plivo, self:aws, ' +
    'self:twilio-verify';

  it.each<[string, string]>([
    ['pigeon', `in "pigeon": "pigeon" is no provider; there are ${providers}`],
    ['self:pigeon', '"self:pigeon" is no provider'],
    ['Authy', '"Authy" is no provider'],
    ['twilio', '"twilio" is no provider'],
    ['', '"" is no provider'],
    ['authy,', 'in "authy,": "" is no provider'],
    ['authy,,self', '"" is no provider'],
    ['authy,authy', 'in "authy,authy": "authy" stands twice'],
    ['self,self:inbox', '"self:inbox" stands twice'],
    ['IN=;*=self', 'in "IN=": "" is no provider'],
    ['IN=self', 'no route for all other countries; add *=PROVIDERS'],
    [
      'in=self;*=self',
      'in "in=self": "in" is no country; write two capital letters, or * for all others',
    ],
    ['XX=self;*=self', '"XX" is no country'],
    ['IND=self;*=self', '"IND" is no country'],
    ['=self;*=self', '"" is no country'],
    ['IN,=self;*=self', '"" is no country'],
    ['IN=self;*=self;IN=authy', 'IN has more than one route'],
    ['IN,IN=self;*=self', 'IN has more than one route'],
    ['*=self;*=authy', '* has more than one route'],
    ['IN,*=self', 'in "IN,*=self": * is all other countries and stands alone'],
    ['IN=self;authy', '"authy" is no route; write COUNTRIES=PROVIDERS, e.g. *=self'],
    ['self;authy', '"self" is no route'],
    ['*=self;', '"" is no route'],
    ['*=self=authy', '"*=self=authy" is no route'],
  ])('%s is refused: %s', (text, problem) => {
    expect(read(text).problems.join('\n')).toContain(problem);
  });

  it('tells all that is wrong at once', () => {
    expect(
      read('in=pigeon,authy,authy;GB=self,').problems.map((problem) => problem.split(';')[0]),
    ).toEqual([
      'in "in=pigeon,authy,authy": "in" is no country',
      'in "in=pigeon,authy,authy": "pigeon" is no provider',
      'in "in=pigeon,authy,authy": "authy" stands twice',
      'in "GB=self,": "" is no provider',
      'no route for all other countries',
    ]);
  });
});
