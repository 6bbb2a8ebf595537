// A bare Nest, Fastify and TypeORM application on the product's database: one route, one entity.
// Decorators called by hand, for plain JavaScript.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import libsql from 'libsql';
import { EntitySchema } from 'typeorm';

const { FILE, PORT } = process.env;
const User = new EntitySchema({
  name: 'User',
  tableName: 'users',
  columns: { id: { type: Number, primary: true }, username: { type: String } },
});

class LiveController {
  live() {
    return { status: 'up' };
  }
}
Controller('health/live')(LiveController);
Get()(
  LiveController.prototype,
  'live',
  Object.getOwnPropertyDescriptor(LiveController.prototype, 'live'),
);

class BareModule {}
const database = TypeOrmModule.forRoot({
  type: 'better-sqlite3',
  driver: libsql,
  database: FILE,
  enableWAL: true,
  entities: [User],
});
Module({ imports: [database], controllers: [LiveController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(PORT), '127.0.0.1');
