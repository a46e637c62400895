import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

export const ROOT = join(__dirname, '../..');

/** One import: `to` is a file of ours, from the root of the project, or the name of a package. */
export interface Import {
  readonly to: string;
  readonly ours: boolean;
  /** Gone once compiled. */
  readonly typeOnly: boolean;
  /** What is taken; `*` is everything. */
  readonly names: readonly string[];
}

/** One file as the compiler parses it, by its path from the root of the project. */
export class SourceFile {
  readonly tree: ts.SourceFile;
  readonly text: string;
  readonly imports: readonly Import[];

  constructor(readonly path: string) {
    this.text = readFileSync(join(ROOT, path), 'utf8');
    this.tree = ts.createSourceFile(path, this.text, ts.ScriptTarget.Latest, true);
    this.imports = this.nodes().flatMap((node) => this.importOf(node));
  }

  /** Every node of the file, parents first. */
  nodes(): ts.Node[] {
    const found: ts.Node[] = [];
    const visit = (node: ts.Node): void => {
      found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(this.tree);
    return found;
  }

  /** Where a node is, for whoever has to look: `src/core/room.ts:12 text`. */
  at(node: ts.Node): string {
    const { line } = this.tree.getLineAndCharacterOfPosition(node.getStart());
    return `${this.path}:${line + 1} ${node.getText().split('\n')[0]!.slice(0, 80)}`;
  }

  get lines(): number {
    return this.text.trimEnd().split('\n').length;
  }

  /** The names this file exports. */
  get exports(): string[] {
    return this.tree.statements.flatMap((statement) => {
      if (!ts.canHaveModifiers(statement)) return [];
      if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
      if (ts.isVariableStatement(statement))
        return statement.declarationList.declarations.map(({ name }) => name.getText());
      const { name } = statement as unknown as { name?: ts.Identifier };
      return name ? [name.text] : [];
    });
  }

  private importOf(node: ts.Node): Import[] {
    if (ts.isImportDeclaration(node)) {
      const { importClause: clause } = node;
      const bindings = clause?.namedBindings;
      const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
      const names = named.map(({ propertyName, name }) => (propertyName ?? name).text);
      const whole = clause?.name !== undefined || (bindings !== undefined && ts.isNamespaceImport(bindings));
      const typeOnly =
        clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (!whole && named.length > 0 && named.every(({ isTypeOnly }) => isTypeOnly));
      return [this.import(node.moduleSpecifier, typeOnly, whole ? ['*', ...names] : names)];
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) return [this.import(node.moduleSpecifier, false, ['*'])];
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return [this.import(node.arguments[0]!, false, ['*'])];
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      return [this.import(node.argument.literal, true, ['*'])];
    return [];
  }

  private import(specifier: ts.Node, typeOnly: boolean, names: readonly string[]): Import {
    const said = (specifier as ts.StringLiteral).text;
    if (!said.startsWith('.')) return { to: said, ours: false, typeOnly, names };
    const path = relative(ROOT, join(ROOT, dirname(this.path), said));
    const to = [path, `${path}.ts`, `${path}.tsx`].find((one) => /\.\w+$/.test(one) && existsSync(join(ROOT, one)));
    return { to: to ?? path, ours: true, typeOnly, names };
  }
}

/** Every TypeScript file below some folders; those that are not there have none. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f)),
    )
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !/node_modules|^test.programs/.test(path))
    .sort()
    .map((path) => new SourceFile(path));
}
