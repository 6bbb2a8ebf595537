import { staticAddress } from '../../common/kept-files.js';
import { PUZZLE_LIFE, type BotTask } from '../../bot-check/bot-check.js';
import { TURNSTILE_ACTION } from '../../bot-check/turnstile.check.js';

/**
 * The check against robots, inside the form it belongs to. The script works while the person types,
 * and says how it goes.
 */
export function BotCheckPart({ task }: { task: BotTask }) {
  return (
    <div
      class="bot-check"
      data-bot-check={fieldOf(task)}
      data-life={task.name === 'proof-of-work' ? PUZZLE_LIFE : undefined}
    >
      {task.name === 'proof-of-work' && (
        <input
          type="hidden"
          name="bot_check"
          autocomplete="off"
          data-puzzle={JSON.stringify(task.puzzle)}
        />
      )}
      {task.name === 'turnstile' && (
        <div
          class="cf-turnstile"
          data-sitekey={task.widget.siteKey}
          data-action={TURNSTILE_ACTION}
          data-response-field-name="bot_check"
          data-size="flexible"
        />
      )}
      {task.name === 'hcaptcha' && <div class="h-captcha" data-sitekey={task.widget.siteKey} />}
      <p class="bot-check-status" role="status" />
      <noscript>
        <p class="message message-info">
          To register, please turn JavaScript on and load this page again: your browser has to show
          that no robot is at work. Everything after that goes without.
        </p>
      </noscript>
      <script src={staticAddress('bot-check.js')} defer />
      {'widget' in task && <script src={task.widget.script} async defer data-widget />}
    </div>
  );
}

/** The name under which the answer is sent; hCaptcha's widget chooses its own. */
const fieldOf = ({ name }: BotTask): string =>
  name === 'hcaptcha' ? 'h-captcha-response' : 'bot_check';
