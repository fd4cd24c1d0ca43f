// Parses TypeScript, without resolving or checking types.
//   {"source": "…"} -> {"errors": ["3:7 …"], "properties": [{"name": "allowOrigins", "value": ["…"]}]}
// properties are those of object literals whose values are literals too, in
// source order.
import ts from "typescript";
import { serve } from "./serve.mjs";

await serve(({ source }) => {
  const file = ts.createSourceFile("stack.ts", source, ts.ScriptTarget.Latest);
  const errors = file.parseDiagnostics.map((d) => {
    const { line, character } = file.getLineAndCharacterOfPosition(d.start);
    return `${line + 1}:${character + 1} ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`;
  });
  const properties = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node)) {
      const value = literal(node.initializer);
      if (value !== undefined) properties.push({ name: node.name.text, value });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { errors, properties };
});

function literal(node) {
  switch (node.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return node.text;
    case ts.SyntaxKind.NumericLiteral:
      return Number(node.text);
    case ts.SyntaxKind.TrueKeyword:
      return true;
    case ts.SyntaxKind.FalseKeyword:
      return false;
    case ts.SyntaxKind.ArrayLiteralExpression: {
      const items = node.elements.map(literal);
      return items.includes(undefined) ? undefined : items;
    }
  }
  return undefined;
}
