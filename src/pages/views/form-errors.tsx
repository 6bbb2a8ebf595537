import { Message } from './message.js';

/** What was refused about a form as a whole. */
export function FormErrors({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <Message kind="error" id="form-error">
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </Message>
  );
}
