// Does a form's check against robots while the person types, and holds the form until it is done.
'use strict';

for (const part of document.querySelectorAll('[data-bot-check]')) {
  const form = part.closest('form');
  const status = part.querySelector('[role="status"]');
  const widget = part.querySelector('[data-widget]');
  const say = (sentence) => (status.textContent = sentence);
  const work = part.dataset.life ? proofOfWork(part, say) : undefined;
  const answered = () =>
    Boolean(form.elements.namedItem(part.dataset.botCheck)?.value) && !work?.isStale();
  let held;

  // Before any other listener: a form that is held must not look as if it were on its way.
  document.addEventListener(
    'submit',
    (event) => {
      if (event.target !== form || answered()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say(
        widget
          ? 'Please finish the check above. The form is sent then.'
          : 'One moment, the check is not done yet …',
      );
      work?.renewIfStale();
      held ??= setInterval(() => answered() && send(), 100);
    },
    true,
  );

  const send = () => {
    clearInterval(held);
    held = undefined;
    form.requestSubmit();
  };

  widget?.addEventListener('error', () =>
    say(
      'The check could not be loaded. Please allow it in your browser, or try from another network.',
    ),
  );
}

function proofOfWork(part, say) {
  const input = part.querySelector('[data-puzzle]');
  let puzzle = JSON.parse(input.dataset.puzzle);
  let worker;
  let made = Date.now();

  const fail = () =>
    say(
      'Your browser could not do the check. Please load this page again, or try another browser.',
    );
  const solve = () => {
    say('Checking that no robot is at work …');
    worker = new Worker('/static/bot-check.worker.js');
    worker.onerror = fail;
    worker.onmessage = ({ data: solution }) => {
      worker.terminate();
      input.value = btoa(JSON.stringify({ challenge: puzzle, solution }));
      say('Check done: no robot at work.');
    };
    worker.postMessage(puzzle.parameters);
  };

  const renew = async () => {
    worker.terminate();
    input.value = '';
    made = Date.now();
    const answer = await fetch('/api/v1/registration/bot-check').then((response) =>
      response.json(),
    );
    if (!answer.puzzle) throw new Error('Another check is due now.');
    puzzle = answer.puzzle;
    solve();
  };

  const isStale = () => Date.now() - made > Number(part.dataset.life) * 0.9;
  solve();
  // What came back from the browser's history was sent already.
  window.addEventListener('pageshow', ({ persisted }) => persisted && renew().catch(fail));
  return { isStale, renewIfStale: () => isStale() && renew().catch(fail) };
}
