import { FakeTerminal } from '../../test/cli/fake-terminal.js';
import { Prompt } from './prompt.js';
import { Cancelled, CommandRefusal } from './command-refusal.js';

describe('Prompt', () => {
  let terminal: FakeTerminal;
  let prompt: Prompt;

  beforeEach(() => {
    terminal = new FakeTerminal();
    prompt = Prompt.open(terminal.io(), '');
  });

  it('returns the line as typed, spaces and accents too, and shows it', async () => {
    const answer = prompt.ask('Name: ');
    terminal.press(' Zoë');
    terminal.press(' 💡 \r');
    expect(await answer).toBe(' Zoë 💡 ');
    expect(terminal.screen).toBe('Name:  Zoë 💡 \n');
  });

  it('a hidden answer never shows, not even its length', async () => {
    const answer = prompt.askHidden('Password: ');
    terminal.press('  s3cret words\u007f\u007fz\n');
    expect(await answer).toBe('  s3cret worz');
    expect(terminal.screen).toBe('Password: \n');
  });

  it('what is pasted ahead waits for its prompt: a password among it does not show', async () => {
    terminal.press('alice\r\ns3cret\r\n');
    expect(terminal.screen).toBe('');
    expect(await prompt.ask('Username: ')).toBe('alice');
    expect(await prompt.askHidden('Password: ')).toBe('s3cret');
    expect(terminal.screen).toBe('Username: alice\nPassword: \n');
  });

  it('corrects by backspace and ctrl-U and ignores arrow keys', async () => {
    const answer = prompt.ask('Name: ');
    terminal.press('\u007fab\u0015xyz\u007f\u001b[D\u001b[1;5C\u001bOA\tw\r');
    expect(await answer).toBe('xyw');
  });

  it.each([
    ['ctrl-C', 'abc\u0003'],
    ['ctrl-D in an empty line', '\u0004'],
  ])('%s cancels', async (_, keys) => {
    const answer = prompt.askHidden('Password: ');
    terminal.press(keys);
    await expect(answer).rejects.toThrow(Cancelled);
  });

  it('a terminal that goes away cancels', async () => {
    const answer = prompt.ask('Name: ');
    terminal.emit('end');
    await expect(answer).rejects.toThrow(Cancelled);
  });

  it('holds the terminal in raw mode from opening to closing, so that the terminal itself echoes nothing', () => {
    expect([terminal.isRaw, terminal.isListening]).toEqual([true, true]);
    prompt.close();
    expect([terminal.isRaw, terminal.isListening, terminal.listenerCount('data')]).toEqual([
      false,
      false,
      0,
    ]);
  });

  it('refuses to ask where there is no terminal', () => {
    terminal.isTTY = false;
    expect(() => Prompt.open(terminal.io(), 'Use flags.')).toThrow(
      new CommandRefusal('There is no terminal to ask questions at. Use flags.'),
    );
  });
});
