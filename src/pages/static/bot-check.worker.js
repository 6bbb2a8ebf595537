// A proof of work (ALTCHA v2, PBKDF2): finds the counter whose derived key begins as told. A
// worker, so that typing stays smooth.
'use strict';

onmessage = ({ data }) =>
  void solve(data)
    .then((solution) => postMessage(solution))
    .catch(reportError);

async function solve({ nonce, salt, cost, keyLength, keyPrefix }) {
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytesOf(nonce));
  const counterOf = new DataView(password.buffer, nonce.length / 2);
  const work = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations: cost };
  for (let counter = 0; ; counter += 1) {
    counterOf.setUint32(0, counter);
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const derivedKey = hexOf(await crypto.subtle.deriveBits(work, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
}

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
