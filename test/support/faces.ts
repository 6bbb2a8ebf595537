import { ApiPerson } from './api-person.js';
import { PagePerson } from './page-person.js';
import type { Person } from './person.js';

/** The same suite through both faces. */
export function throughEachFace(
  suite: (person: (url: string) => Person, face: Person['face']) => void,
): void {
  describe('by pages', () => suite((url) => new PagePerson(url), 'pages'));
  describe('by API', () => suite((url) => new ApiPerson(url), 'api'));
}
