import { onBothDatabases, type DatabaseKind } from './databases.js';
import { throughEachFace } from './faces.js';
import type { Person } from './person.js';

type Face = Person['face'];

/** The same flow through both faces on each database. */
export function everyWay(
  name: string,
  suite: (way: { database: DatabaseKind; person: (url: string) => Person; face: Face }) => void,
): void {
  onBothDatabases(name, (database) =>
    throughEachFace((person, face) => suite({ database, person, face })),
  );
}

export const PASSWORD = 'correct horse battery staple';
let numbers = 0;

/** A registration nobody else uses, spread over prefixes. */
export function somebody(username = `person${++numbers}`): {
  username: string;
  password: string;
  phoneNumber: string;
} {
  numbers += 1;
  return {
    username,
    password: PASSWORD,
    phoneNumber: `+1415${2_000_000 + ((numbers * 10_007) % 8_000_000)}`,
  };
}
