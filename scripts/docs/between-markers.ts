/**
 * A document with the text between `<!-- NAME: generated -->` and `<!-- NAME: end -->` replaced.
 * Throws where the markers are missing: the document would silently go stale.
 */
export function betweenMarkers(document: string, name: string, text: string): string {
	const [begin, end] = [`<!-- ${name}: generated -->\n`, `<!-- ${name}: end -->`];
	const [from, to] = [document.indexOf(begin), document.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`there are no markers for ${name}`);
	return `${document.slice(0, from + begin.length)}${text}\n${document.slice(to)}`;
}
