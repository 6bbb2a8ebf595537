// Sends a call of the documentation page and shows its answer. Nothing is stored: the token lives
// in its field.
const token = document.querySelector('#token');

for (const hidden of document.querySelectorAll('.docs-token, .docs-try')) hidden.hidden = false;

for (const form of document.querySelectorAll('.docs-try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form) {
  const { method, path } = form.dataset;
  const body = form.elements.body?.value;
  const output = form.querySelector('output');
  const headers = {
    ...(token.value.trim() ? { authorization: `Bearer ${token.value.trim()}` } : {}),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  try {
    const response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      credentials: 'omit',
    });
    show(output, `${response.status} ${response.statusText}`, await response.text());
  } catch {
    show(output, 'No answer. Is the service running?', '');
  }
}

function show(output, status, text) {
  let shown = text;
  try {
    const answer = JSON.parse(text);
    if (typeof answer.token === 'string') token.value = answer.token;
    shown = JSON.stringify(answer, null, 2);
  } catch {
    // An answer without a body, or a page: shown as it came.
  }
  const line = document.createElement('p');
  line.textContent = status;
  const block = document.createElement('pre');
  block.tabIndex = 0;
  block.textContent = shown;
  output.replaceChildren(line, ...(shown === '' ? [] : [block]));
}
