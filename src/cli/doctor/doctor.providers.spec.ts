import { askProviders } from './doctor.providers.js';

const never = new Promise<never>(() => undefined);
const good = { isGood: true, sentence: 'Fine.' };

describe('askProviders', () => {
  it('asks all at once and tells in their order', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = { name: 'first', probe: () => held.then(() => good) };
    const second = {
      name: 'second',
      probe: () => {
        release();
        return Promise.resolve({ isGood: false, sentence: 'Ill.' });
      },
    };
    expect(await askProviders([first, second], 10_000)).toEqual([
      { subject: 'first', ...good },
      { subject: 'second', isGood: false, sentence: 'Ill.' },
    ]);
  });

  it('waits for nobody longer than it may', async () => {
    const well = { name: 'well', probe: () => Promise.resolve(good) };
    expect(await askProviders([{ name: 'mute', probe: () => never }, well], 1)).toEqual([
      { subject: 'mute', isGood: false, sentence: 'It gave no answer in 0.001 seconds.' },
      { subject: 'well', ...good },
    ]);
  });

  it('knows who cannot be asked', async () => {
    expect(await askProviders([{ name: 'shy' }], 1)).toEqual([
      {
        subject: 'shy',
        isGood: true,
        sentence: 'It cannot be asked without sending: --send tries it.',
      },
    ]);
  });

  it('survives one who throws, and does not repeat what it said', async () => {
    const thrower = {
      name: 'thrower',
      probe: () => Promise.reject(new TypeError('at https://key:secret@gateway.example')),
    };
    expect(await askProviders([thrower], 10_000)).toEqual([
      { subject: 'thrower', isGood: false, sentence: 'It could not be asked (TypeError).' },
    ]);
  });
});
