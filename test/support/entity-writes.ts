import ts from 'typescript';

/**
 * Calls that take an entity's class and only read, or hand over something to read with. Any other
 * call counts as a write.
 */
const READS = new Set([
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
  'columnsOf',
  'createQueryBuilder',
  'select',
  'from',
  'innerJoin',
  'leftJoin',
  'repositoryOf',
]);
/** What a repository, of whose entity no call says the name, writes with. */
const WRITES =
  /^(save|insert|insertRow|update|updateAll|upsert|delete|deleteAll|remove|soft\w+|restore|recover|increment|decrement|clear|query|createQueryBuilder)$/;
const STATEMENT =
  /\b(?:UPDATE|REPLACE INTO|INSERT (?:OR \w+ |IGNORE )?INTO|DELETE FROM)\s+[`"]?(\w+)/gi;

const parsed = (source: string) =>
  ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

const entityOf = (type: ts.Node | undefined): string | undefined =>
  /^Repository<(\w+)>$/.exec(type?.getText() ?? '')?.[1];

/** The repositories that a source text declares, each with its entity's class name. */
export function repositoriesOf(source: string): [repository: string, entity: string][] {
  return parsed(source).statements.flatMap((statement) => {
    if (!ts.isClassDeclaration(statement)) return [];
    const entity = entityOf(statement.heritageClauses?.[0]?.types[0]);
    return entity ? [[statement.name?.text ?? '', entity] as [string, string]] : [];
  });
}

/**
 * The entities whose rows a source text writes, read from its syntax tree: calls that take the
 * class or make something with it, TypeORM's own writes on a repository of it, and statements in
 * text.
 * @param entities each entity's class name by its table's name
 * @param repositories each entity's class name by its repository's
 */
export function entityWrites(
  source: string,
  entities: ReadonlyMap<string, string>,
  repositories: ReadonlyMap<string, string> = new Map(),
): string[] {
  const names = new Set(entities.values());
  const file = parsed(source);
  const known = new Map([...repositories, ...repositoriesOf(source)]);
  const held = heldIn(file, known);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      found.push(...writtenBy(node, names), writtenThrough(node, held) ?? '');
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
  visit(file);
  return [...new Set(found.filter((name) => names.has(name)))];
}

function writtenBy(
  call: ts.CallExpression | ts.NewExpression,
  names: ReadonlySet<string>,
): string[] {
  const { method, receiver } = parts(call);
  const isRead = READS.has(method) && !(method === 'from' && receiver.endsWith('.delete()'));
  if (method === '' || isRead) return [];
  const given = [...(call.arguments ?? [])].filter((argument) => ts.isIdentifier(argument));
  return given.map(({ text }) => text).filter((name) => names.has(name));
}

/** A write of TypeORM's on a repository, or by a function that is given one. */
function writtenThrough(
  call: ts.CallExpression | ts.NewExpression,
  held: ReadonlyMap<string, string>,
): string | undefined {
  const { method, receiver } = parts(call);
  if (!WRITES.test(method)) return undefined;
  return repositoryIn(receiver || (call.arguments?.[0]?.getText() ?? ''), held);
}

const repositoryIn = (text: string, held: ReadonlyMap<string, string>): string | undefined =>
  /\bgetRepository\((\w+)\)$/.exec(text)?.[1] ??
  held.get(/(?:^|\bwithRepository\()(?:this\.)?(\w+)\)?$/.exec(text)?.[1] ?? '');

/** The entity of each name by which a repository is held, `this` among them. */
function heldIn(file: ts.SourceFile, known: ReadonlyMap<string, string>): Map<string, string> {
  const held = new Map<string, string>();
  const hold = (name: string, entity: string | undefined) => entity && held.set(name, entity);
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node)) hold('this', entityOf(node.heritageClauses?.[0]?.types[0]));
    if (ts.isParameter(node) || ts.isPropertyDeclaration(node))
      hold(node.name.getText(), entityOf(node.type) ?? known.get(node.type?.getText() ?? ''));
    if (ts.isVariableDeclaration(node))
      hold(node.name.getText(), repositoryIn(node.initializer?.getText() ?? '', held));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return held;
}

function parts({ expression }: ts.CallExpression | ts.NewExpression) {
  if (ts.isIdentifier(expression)) return { method: expression.text, receiver: '' };
  if (!ts.isPropertyAccessExpression(expression)) return { method: '', receiver: '' };
  return { method: expression.name.text, receiver: expression.expression.getText() };
}
