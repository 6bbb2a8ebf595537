import type { BotTask } from '../bot-check/bot-check.js';

/** A bot check as programs see it; all null when registrations need none. */
export function botCheckAnswer(required: boolean, task: BotTask | null) {
  const work = task?.name === 'proof-of-work' ? task : null;
  return {
    required,
    name: task?.name ?? null,
    puzzle: work?.puzzle ?? null,
    site_key: task && 'widget' in task ? task.widget.siteKey : null,
    expires_at: work?.expiresAt ?? null,
  };
}
