import { DashboardPage, type DashboardPageProps } from './dashboard.page.js';
import { renderPage } from './render.js';

const USER = {
  displayName: 'Asha Rao',
  username: 'asha',
  phone: '+91 98765 43210',
  verified: true,
  twoFactor: false,
  isStaff: false,
};
const dashboard = (change: Partial<DashboardPageProps['user']> = {}) =>
  renderPage(<DashboardPage user={{ ...USER, ...change }} />);

it('shows name, username, phone number and whether the account is verified', () => {
  for (const text of ['Asha Rao', 'asha', '+91 98765 43210']) expect(dashboard()).toContain(`>${text}</dd>`);
  expect(dashboard()).toMatch(/Account verified<\/dt><dd><span[^>]*>Yes/);
  expect(dashboard({ verified: false })).toMatch(/Account verified<\/dt><dd><span[^>]*>No/);
});

it('sets the second factor to a value instead of toggling it, so that a reload changes nothing', () => {
  expect(dashboard()).toMatch(/name="two_factor_auth" value="on">Turn two-factor on/);
  expect(dashboard({ twoFactor: true })).toMatch(/name="two_factor_auth" value="off">Turn two-factor off/);
});

it('logs out by POST', () => expect(dashboard()).toMatch(/<form method="post" action="\/logout\/"><button/));

it('leads staff, and only staff, to their panel', () => {
  expect(dashboard({ isStaff: true })).toContain('href="/admin"');
  expect(dashboard()).not.toContain('/admin');
});
