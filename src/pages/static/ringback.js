// What a script can add to pages that work without one.
'use strict';

// Holds the resend buttons until a message may be asked for, and counts down.
for (const form of document.querySelectorAll('form[data-resend-in]')) {
  const until = Date.now() + Number(form.dataset.resendIn) * 1000;
  const buttons = form.querySelectorAll('button');
  const wait = form.querySelector('[data-wait]');
  const show = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    for (const button of buttons) button.disabled = seconds > 0;
    if (seconds > 0) {
      form.querySelector('[data-countdown]').textContent = waitText(seconds);
    } else {
      wait.hidden = true;
      clearInterval(timer);
    }
  };
  const timer = setInterval(show, 1000);
  show();
}

function waitText(seconds) {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

// Shows a password and hides it again; hidden before it is sent, lest browsers remember it as a
// text.
for (const button of document.querySelectorAll('[data-show-password]')) {
  const input = document.getElementById(button.dataset.showPassword);
  const set = (visible) => {
    input.type = visible ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(visible));
  };
  button.hidden = false;
  button.addEventListener('click', () => set(input.type === 'password'));
  input.form.addEventListener('submit', () => set(false));
}

// One press, one request. Released when the page comes back from the history, and when no answer
// came.
const PATIENCE_MILLISECONDS = 10_000;
const release = (form) => form.removeAttribute('aria-busy');

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.getAttribute('aria-busy') === 'true') return event.preventDefault();
    form.setAttribute('aria-busy', 'true');
    setTimeout(release, PATIENCE_MILLISECONDS, form);
  });
}

window.addEventListener('pageshow', () =>
  document.querySelectorAll('form[aria-busy]').forEach(release),
);
