import {Document, visit} from 'yaml';
import type {Json} from '../../core/json.ts';
import {escapeUnseen, hasUnseen} from '../../core/text/strip-control.ts';

/**
 * Data as YAML, without broken lines. What a reader does not see, and a terminal may obey, is escaped in it. A file of its own, loaded on demand: the
 * names of a CommonJS package are lost by a lazy import of the package itself in the bundle.
 */
export function yamlText(data: Json): string {
	const document = new Document(data, {aliasDuplicateObjects: false});
	visit(document, {
		Scalar(_, node) {
			// Only there does YAML know escapes.
			if (typeof node.value === 'string' && hasUnseen(node.value)) node.type = 'QUOTE_DOUBLE';
		},
	});
	return escapeUnseen(document.toString({lineWidth: 0}), yamlEscape);
}

const yamlEscape = (character: string) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
