import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from './columns.js';

export class Proofs1795000000002 implements MigrationInterface {
  name = 'Proofs1795000000002';

  async up(runner: QueryRunner): Promise<void> {
    const { id, int, text, key, instant, json } = columns(runner);
    const nullable = { isNullable: true };
    const index = (name: string, columnNames: string[], isUnique = false) =>
      new TableIndex({ name, columnNames, isUnique });

    await runner.createTable(
      new Table({
        name: 'sessions',
        columns: [
          id(),
          key('token_hash', 64),
          int('user_id'),
          json('methods'),
          json('proofs'),
          text('next_path', 500, nullable),
          key('address', 45),
          text('agent', 200),
          instant('created_at'),
          instant('last_seen_at'),
          instant('expires_at'),
        ],
        indices: [
          index('sessions_token_hash', ['token_hash'], true),
          index('sessions_user', ['user_id']),
          index('sessions_expiry', ['expires_at']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'challenges',
        columns: [
          id(),
          int('user_id'),
          int('session_id'),
          key('purpose', 20),
          key('channel', 10),
          key('phone_number', 20),
          key('provider', 20),
          key('provider_reference', 64, nullable),
          key('nonce', 64),
          int('attempts_left'),
          int('doubtful_refunds', { default: '0' }),
          int('sent_count', { default: '0' }),
          instant('sent_at', nullable),
          instant('resend_at'),
          key('notice', 30, nullable),
          instant('created_at'),
          instant('expires_at'),
          instant('consumed_at', nullable),
          instant('canceled_at', nullable),
        ],
        indices: [
          index('challenges_session', ['session_id']),
          index('challenges_user', ['user_id']),
          index('challenges_phone', ['phone_number']),
          index('challenges_expiry', ['expires_at']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'budgets',
        columns: [
          key('key', 100, { isPrimary: true }),
          int('count'),
          instant('blocked_until', nullable),
          instant('expires_at'),
        ],
        indices: [index('budgets_expiry', ['expires_at'])],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_events',
        columns: [
          id(),
          instant('at'),
          key('name', 40),
          int('user_id', nullable),
          int('actor_id', nullable),
          key('address', 45, nullable),
          text('agent', 200),
          json('details'),
        ],
        indices: [
          index('audit_events_user', ['user_id']),
          index('audit_events_actor', ['actor_id', 'id']),
          index('audit_events_name', ['name', 'id']),
          index('audit_events_at', ['at']),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_events', 'budgets', 'challenges', 'sessions'])
      await runner.dropTable(table);
  }
}
