import { ApiPerson } from './api-person.js';
import type { DatabaseKind } from './databases.js';
import { PagePerson } from './page-person.js';
import type { Person } from './person.js';

/**
 * The same suite through both faces on SQLite, and through the API alone on MariaDB: both ask the
 * same services, so by pages on MariaDB it would tell nothing that the other three do not.
 */
export function throughEachFace(
  database: DatabaseKind,
  suite: (person: (url: string) => Person, face: Person['face']) => void,
): void {
  if (database === 'SQLite')
    describe('by pages', () => suite((url) => new PagePerson(url), 'pages'));
  describe('by API', () => suite((url) => new ApiPerson(url), 'api'));
}
