import { Entity, PrimaryColumn } from 'typeorm';

/**
 * The id of a secret key that password hashes may name; it tells at start that a key is missing,
 * without reading every hash.
 */
@Entity('known_keys')
export class KnownKey {
  @PrimaryColumn({ name: 'key_id', type: 'varchar', length: 8 })
  keyId: string;
}
