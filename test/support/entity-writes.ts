import ts from 'typescript';

/**
 * Calls that take an entity's class and only read, or hand over something to read with. Any other
 * call counts as a write.
 */
const READS = new Set([
  'selectRows',
  'find',
  'findBy',
  'findOne',
  'findOneBy',
  'findOneByOrFail',
  'findOneOrFail',
  'count',
  'countBy',
  'exists',
  'existsBy',
  'getRepository',
  'getMetadata',
  'createQueryBuilder',
  'select',
  'from',
  'innerJoin',
  'leftJoin',
  'tableOf',
  'UsersRepository',
]);
const STATEMENT =
  /\b(?:UPDATE|REPLACE INTO|INSERT (?:OR \w+ |IGNORE )?INTO|DELETE FROM)\s+[`"]?(\w+)/gi;

/**
 * The entities whose rows a source text writes, read from its syntax tree: calls that take the
 * class or make something with it, calls on a repository of it that was made on the spot, and
 * statements in text.
 * @param entities each entity's class name by its table's name
 */
export function entityWrites(source: string, entities: ReadonlyMap<string, string>): string[] {
  const names = new Set(entities.values());
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      found.push(...writtenBy(node, names));
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      for (const [, table = ''] of node.text.matchAll(STATEMENT))
        found.push(entities.get(table) ?? '');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return [...new Set(found.filter((name) => name !== ''))];
}

function writtenBy(
  call: ts.CallExpression | ts.NewExpression,
  names: ReadonlySet<string>,
): string[] {
  if (!ts.isIdentifier(call.expression) && !ts.isPropertyAccessExpression(call.expression))
    return [];
  const method = ts.isIdentifier(call.expression)
    ? call.expression.text
    : call.expression.name.text;
  const receiver = ts.isPropertyAccessExpression(call.expression)
    ? call.expression.expression
    : undefined;
  const isRead =
    READS.has(method) && !(method === 'from' && receiver?.getText().endsWith('.delete()'));
  if (isRead) return [];
  const given = [...(call.arguments ?? [])].filter((argument) => ts.isIdentifier(argument));
  const repository = /\bgetRepository\((\w+)\)$/.exec(receiver?.getText() ?? '')?.[1];
  return [...given.map(({ text }) => text), repository ?? ''].filter((name) => names.has(name));
}
