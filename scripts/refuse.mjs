/**
 * Ends the process with a sentence, as a start of the server does. Status 1: not now; 78: not with
 * these settings.
 */
export function refuse(sentence, status = 1) {
  process.stderr.write(`Ringback cannot start:\n  ${sentence}\n`);
  process.exit(status);
}
