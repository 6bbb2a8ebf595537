import type { ComponentChildren } from 'preact';

export type MessageKind = 'success' | 'info' | 'error';

export interface PageMessage {
  kind: MessageKind;
  text: string;
}

const SIGNS: Record<MessageKind, string> = {
  success: 'M5 10.5l3.2 3.2L15 7',
  info: 'M10 9v5M10 5.9v.2',
  error: 'M10 5.5v5.2M10 13.9v.2',
};

interface MessageProps {
  kind: MessageKind;
  id?: string;
  children: ComponentChildren;
}

/**
 * One sentence to the person. The sign says the kind to those who see no colour, the role to those
 * who see nothing.
 */
export function Message({ kind, id, children }: MessageProps) {
  return (
    <div class={`message message-${kind}`} id={id} role={kind === 'error' ? 'alert' : 'status'}>
      <svg
        class="message-sign"
        viewBox="0 0 20 20"
        width="20"
        height="20"
        aria-hidden="true"
        focusable="false"
      >
        <circle cx="10" cy="10" r="9" />
        <path d={SIGNS[kind]} />
      </svg>
      <div class="message-text">{children}</div>
    </div>
  );
}
