import type { TslabTypeScript } from './tslab-parts';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * Rewrites what tslab 1.0.22 misreads in ordinary cells, without moving a line:
 * `{ x }` with a variable of an earlier cell (written out as `{ x: x }`), `await (…)` at the top (tslab parses
 * a call of a function named await), and `for await` at the top of a cell without any other await.
 */
export function repairCell(source: string, ts: TslabTypeScript): string {
  if (source.startsWith('/**') && source.includes('@module')) return source;
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const insertions: Insertion[] = [];
  let loops = false;
  let awaits = false;
  const visit = (node: import('typescript').Node, top: boolean): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      insertions.push({ at: node.name.getEnd(), text: `: ${node.name.text}` });
    }
    if (
      top &&
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'await'
    ) {
      // `await Array.of(x)[0]` is an await of x, whatever follows it.
      insertions.push({ at: node.expression.getEnd(), text: ' Array.of' });
      insertions.push({ at: node.getEnd(), text: '[0]' });
      awaits = true;
    }
    if (top && ts.isForOfStatement(node) && node.awaitModifier) loops = true;
    if (top && ts.isAwaitExpression(node)) awaits = true;
    const inside = top && !ts.isFunctionLike(node) && !ts.isClassLike(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(file, true);
  const repaired = apply(source, insertions);
  return loops && !awaits ? `await null; ${repaired}` : repaired;
}

function apply(source: string, insertions: readonly Insertion[]): string {
  let text = source;
  for (const { at, text: inserted } of [...insertions].sort((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + inserted + text.slice(at);
  }
  return text;
}
