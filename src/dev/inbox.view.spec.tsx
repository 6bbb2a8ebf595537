import { renderToString } from 'preact-render-to-string';
import { InboxPage } from './inbox.view.js';

const message = (text: string) => ({
  to: '+14155550100',
  channel: 'sms',
  text,
  code: '418206',
  sentAt: new Date(0),
});

it('shows each message with its number, code and time, in the order given', () => {
  const html = renderToString(<InboxPage messages={[message('second'), message('first')]} />);
  expect(html).toMatch(/\+14155550100.*sms.*1970-01-01T00:00:00\.000Z.*418206.*second.*first/);
});

it('shows a notice without a place for a code', () =>
  expect(renderToString(<InboxPage messages={[{ ...message('news'), code: '' }]} />)).not.toContain(
    'inbox-code',
  ));

it('escapes what a message says, and holds no inline script or style', () => {
  const html = renderToString(<InboxPage messages={[message('<script>alert(1)</script>')]} />);
  expect(html).toContain('&lt;script>alert(1)');
  expect(html).not.toMatch(/<script(?! src="\/static\/)|<style|\sstyle=/);
});

it('says when there is nothing yet', () =>
  expect(renderToString(<InboxPage messages={[]} />)).toContain('No messages yet.'));

it('refreshes itself without a script, and offers to copy a code with one', () => {
  const html = renderToString(<InboxPage messages={[message('news')]} />);
  expect(html).toContain('<noscript><meta http-equiv="refresh" content="5"');
  expect(html).toMatch(/<button[^>]* data-copy="418206"[^>]* hidden/);
});
