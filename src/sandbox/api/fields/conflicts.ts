import {StatusError} from '../../status-error.ts';
import {type FieldSet, isEmpty, pathsOf} from './field-set.ts';
import type {Manager} from './managers.ts';

/** Fields that a configuration would change although somebody else owns them. */
export type FieldConflict = {readonly owner: Manager; readonly fields: FieldSet};

/** 409 in the real server's words, with one cause per field. Undefined when there is no conflict. */
export function conflictError(conflicts: readonly FieldConflict[]): StatusError | undefined {
	const byOwner = conflicts
		.filter(({fields}) => !isEmpty(fields))
		.map(({owner, fields}) => ({name: ownerText(owner), paths: pathsOf(fields)}))
		.toSorted((a, b) => (a.name < b.name ? -1 : 1));
	const causes = byOwner.flatMap(({name, paths}) =>
		paths.map(field => ({reason: 'FieldManagerConflict', message: `conflict with ${name}`, field})),
	);
	const [first] = causes;
	if (first === undefined) return undefined;
	const list = byOwner.map(({name, paths}) => `conflicts with ${name}:\n${paths.map(path => `- ${path}`).join('\n')}`).join('\n');
	const text = causes.length === 1 ? `1 conflict: ${first.message}: ${first.field}` : `${causes.length} conflicts: ${list}`;
	return new StatusError(409, 'Conflict', `Apply failed with ${text}`, {causes});
}

function ownerText({manager, operation, apiVersion, subresource}: Manager): string {
	const name = `${JSON.stringify(manager)}${subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`}`;
	return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
