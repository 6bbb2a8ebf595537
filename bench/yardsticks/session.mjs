// The least a session check can be: node:http, one prepared statement on the product's own database, a JSON answer.
import { hash } from 'node:crypto';
import http from 'node:http';
import Database from 'libsql';

const { FILE, PORT } = process.env;
const database = new Database(FILE);
const find = database.prepare(`
  SELECT s.expires_at, s.methods, u.id, u.username, u.full_name, u.phone_number, u.country_code, u.phone_number_verified, u.two_factor_auth,
    u.change_pw, u.is_active, u.is_staff, u.is_superuser, u.date_joined, u.last_login
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?`);

const server = http.createServer((request, response) => {
  if (request.url === '/ready') return response.end();
  const row = find.get(
    hash('sha256', request.headers.authorization?.slice('Bearer '.length) ?? '', 'hex'),
  );
  const isIn =
    row !== undefined &&
    new Date(`${row.expires_at.replace(' ', 'T')}Z`) > new Date() &&
    row.is_active === 1;
  const { expires_at: _expiry, methods: _methods, _metadata, ...user } = row ?? {};
  const body = JSON.stringify(isIn ? user : { status: 401 });
  response.writeHead(isIn ? 200 : 401, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
});
server.listen(Number(PORT), '127.0.0.1');
