import type {Json} from '../../core/json.ts';

/** How a file is laid out, so that what is added looks like the rest. */
export type Layout = {
	readonly eol: '\n' | '\r\n';
	/** One step of indentation. */
	readonly unit: string;
	/** Blanks at the begin of the line that an offset is in. */
	readonly indentAt: (text: string, offset: number) => string;
};

const usualUnit = '  ';

export function layoutOf(text: string): Layout {
	const [first = ''] = /^[ \t]+(?=["}\]])/m.exec(text) ?? [];
	return {
		eol: text.includes('\r\n') ? '\r\n' : '\n',
		unit: first.startsWith('\t') ? '\t' : first || usualUnit,
		indentAt: (whole, offset) => /^[ \t]*/.exec(whole.slice(whole.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '',
	};
}

/** A value on one line, or spread over lines that begin with `indent`, the first one excepted. */
export function valueText(value: Json, layout?: Pick<Layout, 'eol' | 'unit'>, indent = ''): string {
	if (layout === undefined) return inline(value);
	const text = JSON.stringify(value, null, layout.unit);
	return text.replaceAll('\n', `${layout.eol}${indent}`);
}

/** With blanks, as people write it. */
function inline(value: Json): string {
	if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item ?? null)}`);
	return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
