import { err, ok, type Result } from '../../appliance/result.js';
import type { DocumentAs } from './enrol.js';

/** What both commands of the workbench are told besides their own: a folder, and how documents come about. */
export type Subject = { readonly folder: string; readonly documentAs: DocumentAs };

export function subjectOf(positionals: readonly string[], documentAs: string): Result<Subject, string> {
  if (positionals.length !== 1) return err('フォルダを一つ指定してください / name one folder');
  const [folder] = positionals;
  return documentAs === 'picture' || documentAs === 'print-scan'
    ? ok({ folder, documentAs })
    : err(`--document-as ${documentAs}: picture, print-scan`);
}
