import type { Provider, Type } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource, EntityManager, ObjectLiteral, Repository } from 'typeorm';

/**
 * A repository for services to inject. Within a unit of work it is used as
 * `manager.withRepository(it)`, which is why it has no constructor of its own.
 */
export const repositoryOf = <Row extends ObjectLiteral>(
  entity: Type<Row>,
  repository: new (entity: Type<Row>, manager: EntityManager) => Repository<Row>,
): Provider => ({
  provide: repository,
  inject: [getDataSourceToken()],
  useFactory: (source: DataSource) => new repository(entity, source.manager),
});
