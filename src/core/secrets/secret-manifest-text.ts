/** What stands in the place of each value that was taken out of a text. */
export type Mark = (key: string) => string;

const secretDocument = /^[ \t-]*["']?kind["']?[ \t]*:[ \t]*["']?Secret(?:List)?["']?[ \t]*(?:#.*)?\r?$/m;
const dataBlock = /^([ \t]*(?:- )*)["']?(?:data|stringData)["']?[ \t]*:(.*)$/;
const entry = /^([ \t]*["']?)([^\s"':#][^"':]*)(["']?[ \t]*:)(.*)$/;

const indentOf = (line: string) => line.length - line.trimStart().length;

/**
 * The values of Secrets in manifest text (YAML, one or many documents), hidden by indentation alone, so that text
 * that no parser accepts is hidden as well. Only documents that say `kind: Secret` are touched.
 */
export function hideSecretManifests(text: string, mark: Mark): string {
	if (!text.includes('Secret') || !secretDocument.test(text)) return text;
	return text
		.split(/^(?=---)/m)
		.map(document => (secretDocument.test(document) ? hideDocument(document, mark) : document))
		.join('');
}

function hideDocument(document: string, mark: Mark): string {
	const answer: string[] = [];
	const lines = document.split('\n');
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index] ?? '';
		const block = dataBlock.exec(line);
		if (block === null) {
			answer.push(line);
			continue;
		}
		const indent = (block[1] ?? '').length;
		const end = blockEnd(lines, index + 1, indent);
		const inline = (block[2] ?? '').trim();
		// A flow mapping, an anchor, anything on the line itself: nothing of it stays.
		const hidden = inline !== '' && !inline.startsWith('#');
		answer.push(hidden ? `${line.slice(0, line.indexOf(':') + 1)} ${mark('')}` : line);
		if (!hidden) for (const entryLine of hideEntries(lines.slice(index + 1, end), mark)) answer.push(entryLine);
		index = end - 1;
	}
	return answer.join('\n');
}

/** First line after the block: one that is not blank and not deeper than the key. */
function blockEnd(lines: readonly string[], from: number, indent: number): number {
	const end = lines.findIndex(
		(line, index) => index >= from && line.trim() !== '' && indentOf(line) <= indent && !/^[ \t]*[}\]]/.test(line),
	);
	return end === -1 ? lines.length : end;
}

/** Each key keeps its line; what belongs to its value on the lines below is dropped. */
function hideEntries(lines: readonly string[], mark: Mark): readonly string[] {
	const depth = lines.reduce((least, line) => (entry.test(line) ? Math.min(least, indentOf(line)) : least), Number.POSITIVE_INFINITY);
	return lines.flatMap(line => {
		const parts = indentOf(line) === depth ? entry.exec(line) : null;
		if (parts === null) return line.trim() === '' ? [line] : [];
		return [`${parts[1]}${parts[2]}${parts[3]} ${mark((parts[2] ?? '').trim())}`];
	});
}
