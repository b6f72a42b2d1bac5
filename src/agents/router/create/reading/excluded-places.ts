/** A text without the namespaces that it says are left out: `but not in shop, because it has its own`, `shop gets none`, `shop에는 말고`. */
export function withoutExcluded(text: string, namespaces: readonly string[]): string {
	const place = `(?:the )?(?:${namespaces.map(text => RegExp.escape(text)).join('|') || '(?!)'})(?![\\w-])(?: namespace)?`;
	const why = String.raw`(?:,? (?:because|since|as|where)\b[^:;.]*)?`;
	return text
		.replaceAll(new RegExp(String.raw`,?\s*(?:\band |\bbut )?\bnot (?:in|into|to|for) ${place}(?:(?: or|,) ${place})*${why}`, 'gi'), '')
		.replaceAll(
			new RegExp(
				String.raw`[,;.]?\s*(?:\band |\bbut )?(?<![\w-])${place} (?:gets?|needs?|wants?|has|receives?) (?:none|nothing|no\b[^,;.]*)(?=[,;.]|$)`,
				'gi',
			),
			'',
		)
		.replaceAll(
			new RegExp(
				String.raw`(?<![\w-])(?:${namespaces.map(text => RegExp.escape(text)).join('|') || '(?!)'})(?:에는|에)? (?:말고|제외하고|빼고)(?=[ ,.])`,
				'g',
			),
			'',
		);
}
