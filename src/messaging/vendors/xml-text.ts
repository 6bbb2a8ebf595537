const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as the content of an XML element. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
