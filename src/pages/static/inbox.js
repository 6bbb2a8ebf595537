// The development inbox: looks for new messages while it is seen, and copies codes.
'use strict';

const EVERY_MILLISECONDS = 2000;

const list = () => document.getElementById('messages');

/**
 * The page anew, of which the list alone is taken, and only where it differs: whoever reads or
 * selects is left alone.
 */
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { cache: 'no-store' });
  if (!answer.ok) return;
  const found = new DOMParser()
    .parseFromString(await answer.text(), 'text/html')
    .getElementById('messages');
  if (!found) return;
  offerCopies(found);
  const first = (part) => part.querySelector('time')?.dateTime + part.querySelectorAll('li').length;
  if (first(found) !== first(list()))
    list().replaceChildren(...document.adoptNode(found).childNodes);
}

function offerCopies(part) {
  for (const button of part.querySelectorAll('[data-copy]')) button.hidden = false;
}

// Where there is no https, as on a local network, browsers offer the old way alone.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

list().addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  await copy(button.dataset.copy);
  button.textContent = 'Copied';
});

offerCopies(list());
setInterval(() => refresh().catch(() => undefined), EVERY_MILLISECONDS);
document.addEventListener('visibilitychange', () => refresh().catch(() => undefined));
