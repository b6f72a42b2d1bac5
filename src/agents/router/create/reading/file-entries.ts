import type {Wish} from './wish.ts';

/** Keys whose values are several lines, and the text without what says so. */
export type FileEntries = {readonly entries: {readonly [key: string]: string}; readonly rest: string};

const quoted = /`([^`]*)`|"([^"]*)"|'([^'\s][^']*)'/g;
const keyForms: readonly RegExp[] = [
	/(?<![\w-])(?:keys?|키(?:는|은| 이름은)?)(?: named| called| is|:)? ["'`]?([A-Za-z0-9_][\w.-]*)["'`]?/i,
	/\b(?:file|파일)(?: named| called|:)? ["'`]?([\w-]+\.[\w.-]*\w)["'`]?/i,
	/["'`]?([\w-]+\.[\w.-]*\w)["'`]?(?:라는)? ?(?:file|파일|키)/i,
	/(?<![\w./-])["'`]?([A-Za-z][\w-]*\.(?:txt|conf|cfg|ini|properties|ya?ml|json|toml|env|html|sql|sh|py|xml|csv|list))["'`]?(?![\w/])/i,
];
const speaksOfLines = /\blines?\b|줄|\bcontents?\b|\bcontaining\b|\bholding\b|\btext\b|내용|\beach on its own\b/i;
const linesSaid = /\blines?\b|줄|\beach on its own\b/i;
const oneEach = /\bone (?:per|a|on each) line\b|\bone each line\b|\beach on (?:its|a) own line\b|한 ?줄에 ?하나씩|줄마다 ?하나|한 ?줄씩/i;

/** `key robots.txt, two lines: "A" and "B"`, `키 topics.txt에 a, b, c를 한 줄에 하나씩`. */
export function fileEntries({text}: Pick<Wish, 'text'>): FileEntries {
	const key = keyForms.map(form => form.exec(text)).find(found => found !== null);
	const name = key?.[1];
	if (key === undefined || name === undefined || !speaksOfLines.test(text)) return {entries: {}, rest: text};
	const lines = [...text.matchAll(quoted)]
		.map(([, ...parts]) => parts.find(part => part !== undefined) ?? '')
		.filter(line => line !== name);
	const each = lines.length > 0 ? lines : oneEach.test(text) ? listBehind(text.slice(key.index + key[0].length)) : [];
	// Several texts are lines of one key only where they are called lines.
	if (each.length === 0 || (each.length > 1 && !linesSaid.test(text))) return {entries: {}, rest: text};
	return {entries: {[name]: each.join('\n')}, rest: text.replaceAll(quoted, ' ').replace(key[0], ' ')};
}

/** The words of a list up to what says how they stand: `a, b and c, one per line`. */
function listBehind(text: string): readonly string[] {
	const list = text.slice(0, text.search(oneEach));
	return list
		.split(/,\s*(?:and\s+)?|\s+and\s+|\s+및\s+|(?<=\w)(?:와|과|랑|하고)\s+/)
		.map(item =>
			item
				.replace(/^.*(?:with|holding|containing|:|에|안에)\s+/i, '')
				.replace(/(?:를|을|이|가)?\s*$/, '')
				.trim(),
		)
		.filter(item => /^[\w./@:-]+$/.test(item));
}
