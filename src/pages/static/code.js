// The field for a code: tells at once what is no code, and sends one that was pasted or filled in
// once the person could see it.
'use strict';

/** Milliseconds in which what was filled in can be seen before it is sent. */
const TO_SEE = 400;
/** A hand types one digit at a time. */
const FILLED_AT_ONCE = 4;

for (const form of document.querySelectorAll('form[data-code]')) {
  const input = form.elements.namedItem('one_time_password');
  const [least, most] = form.dataset.code.split('-').map(Number);
  const codeIn = (text) => readCode(text, least, most);
  const tell = teller(input, form.dataset.codeError);
  let before = input.value;
  let isSent = false;

  input.addEventListener('input', ({ inputType = '' }) => {
    const text = input.value;
    const isPasted = /^insertFrom(Paste|Drop)/.test(inputType);
    const isFilled =
      !/^(history|delete)/.test(inputType) &&
      digitsOf(text).length - digitsOf(before).length >= FILLED_AT_ONCE;
    before = text;
    const isCode = codeIn(text) !== null;
    const isHopeless = /\p{L}/u.test(text) || digitsOf(text).length > most;
    tell(!isCode && text !== '' && (isPasted || isFilled || isHopeless));
    // After a refusal nothing but the person's own hand sends again.
    const isNews = !('refused' in form.dataset);
    if (isCode && (isPasted || (isFilled && isNews)))
      whenSeen(() => input.value === text && !isSent && form.requestSubmit());
  });

  input.addEventListener('change', () =>
    tell(input.value.trim() !== '' && codeIn(input.value) === null),
  );

  // Before the listener that lets one press be one request: what is not sent must not hold the
  // form.
  window.addEventListener(
    'submit',
    (event) => {
      if (event.target !== form) return;
      if (codeIn(input.value) === null) {
        event.preventDefault();
        event.stopImmediatePropagation();
        tell(true);
        input.focus();
      } else isSent = true;
    },
    true,
  );

  if ('webOtp' in form.dataset) fillFromMessage(form, input);
}

// WebOTP; the message must end in "@domain #code".
function fillFromMessage(form, input) {
  if (!('OTPCredential' in window)) return;
  const abort = new AbortController();
  form.addEventListener('submit', () => abort.abort());
  navigator.credentials
    .get({ otp: { transport: ['sms'] }, signal: abort.signal })
    .then((credential) => {
      if (!credential || input.value !== '') return;
      input.value = credential.code;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    })
    .catch(() => undefined);
}

/** No frame is drawn for a page that is out of sight. */
function whenSeen(act) {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act, TO_SEE)));
}

function teller(input, sentence) {
  const error = document.createElement('p');
  error.className = 'field-error';
  error.id = 'code-error';
  error.setAttribute('role', 'alert');
  input.after(error);
  const described = input.getAttribute('aria-describedby') ?? '';
  const wasInvalid = input.hasAttribute('aria-invalid');
  return (isWrong) => {
    if ((error.textContent !== '') === isWrong) return;
    error.textContent = isWrong ? sentence : '';
    if (isWrong || wasInvalid) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    input.setAttribute('aria-describedby', isWrong ? `${error.id} ${described}`.trim() : described);
  };
}

/** The code in a text, or null: as the server reads it (typed-code.ts). */
function readCode(typed, least, most) {
  const text = digitsAsAscii(typed)
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
  const isOpen = least < 6 && most > 6;
  const ofSix = isOpen ? codesIn(text, 6, 6) : [];
  const codes = ofSix.length > 0 ? ofSix : codesIn(text, least, most);
  return codes.length === 1 ? codes[0] : null;
}

function codesIn(text, least, most) {
  const among = (numbers) => [
    ...new Set(numbers.flatMap((number) => codeOf(number.replace(/\D/g, ''), least, most))),
  ];
  if (!/\p{L}/u.test(text)) return among([text]);
  const whole = among(text.match(/\d+/g) ?? []);
  return whole.length > 0 ? whole : among(text.match(/\d(?:[\s\p{Pd}\u2212.\u00b7]?\d)*/gu) ?? []);
}

function codeOf(digits, least, most) {
  const isCode = (part) => part.length >= least && part.length <= most;
  const half = digits.slice(0, digits.length / 2);
  if (isCode(digits)) return [digits];
  return half + half === digits && isCode(half) ? [half] : [];
}

function digitsOf(text) {
  return digitsAsAscii(text).replace(/\D/g, '');
}

// Unicode lays the digits of a script out in runs of ten.
function digitsAsAscii(text) {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0);
    let start = point;
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
    return String((point - start) % 10);
  });
}
