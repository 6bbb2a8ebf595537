import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How many codes of registrations went to a country or a block of numbers in ten minutes, and how
 * many of them were typed in.
 */
@Entity('conversions')
@Index('conversions_bucket', ['bucket'])
export class Conversion {
  /** A country, or a keyed fingerprint of a block. */
  @PrimaryColumn({ type: 'varchar', length: 50 })
  region: string;

  /** When the ten minutes began. */
  @PrimaryColumn({ type: 'datetime', precision: 3 })
  bucket: Date;

  @Column({ type: 'int' })
  sent: number;

  @Column({ type: 'int' })
  confirmed: number;
}
