import type { EntityManager, FindOneOptions } from 'typeorm';

/**
 * For a read that others' writes wait for until the unit ends. The embedded database has one writer
 * at a time anyway, and no such lock.
 */
export const rowLock = ({ dataSource }: EntityManager): Pick<FindOneOptions, 'lock'> =>
  dataSource.options.type === 'mysql' ? { lock: { mode: 'pessimistic_write' } } : {};
