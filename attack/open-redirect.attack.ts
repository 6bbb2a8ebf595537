import type { Attack } from './attack.js';
import { visit } from './calls.js';
import type { Answer } from './exchange.js';
import { Breach } from './verdict.js';
import { parsedUrl } from '../src/common/net/parsed-url.js';

const EVIL = 'evil.example';
/** As they stand in the query string, encoded once or twice. */
const PLACES: readonly string[] = [
  `https://${EVIL}`,
  `//${EVIL}`,
  `///${EVIL}`,
  `/\\${EVIL}`,
  `\\\\${EVIL}`,
  `/\t/${EVIL}`,
  `/\n/${EVIL}`,
  `https:${EVIL}`,
  `/%2f${EVIL}`,
  `/%5c${EVIL}`,
  `/.//${EVIL}`,
  `/../..//${EVIL}`,
  `//${EVIL}%2f%2e%2e`,
  'javascript:alert(1)',
  'data:text/html,x',
  `.${EVIL}`,
  `@${EVIL}`,
  `/\r\nLocation: https://${EVIL}`,
  `/\u3000/${EVIL}`,
  `http://user@${EVIL}/`,
  `\uff0f\uff0f${EVIL}`,
];

export const openRedirect: Attack = {
  name: 'open-redirect',
  tries: `${PLACES.length} spellings of another site as the place to go to after the log-in`,
  rule: 'ASVS 3.7.2',
  failsWhen: 'the log-in, or its form, leads to another site',

  async run({ target, cast }) {
    for (const place of PLACES) {
      const path = `/login/?next=${encodeURIComponent(place)}`;
      refuse(await visit(target, path));
      refuse((await cast.logInByPage(path)).answer);
    }
    return `${PLACES.length} spellings led nowhere else`;

    function refuse(answer: Answer): void {
      const targets = [
        answer.location,
        ...[...answer.text.matchAll(/(?:action|href)="([^"]*)"/g)].map(([, to = '']) => to),
      ];
      const away = targets.find((to) => leadsAway(to.replaceAll('&amp;', '&'), target.origin));
      if (away !== undefined) throw new Breach(`It leads to ${away.slice(0, 80)}.`, answer);
    }
  },
};

/** As a browser reads it: tabs and line ends fall out, backslashes are slashes. */
function leadsAway(to: string, origin: string): boolean {
  if (to === '') return false;
  return parsedUrl(to, origin)?.origin !== origin;
}
