const at = '(?:on|onto|to)';
const lead =
	'(?:(?:scheduled|placed|pinned|pin (?:it|them)|bound|fixed|run|runs|running|start(?:ed)?|sits|goes|it goes|only|directly|must run|should run|and|nail(?:ed)? (?:it )?(?:down )?) )*';

/** A text in which a node that pods are to run on is told by its label: `pinned to worker-a2`, `노드는 worker-a2에 고정`. @param nodes names of live nodes */
export function withPinnedNode(given: string, nodes: readonly string[]): string {
	const text = given.replace(
		/ (?:through|via|by|using|with) (?:the label |label )?kubernetes\.io\/hostname\b(?!=)|kubernetes\.io\/hostname(?:로|으로|를 써서) ?/i,
		'',
	);
	if (/hostname|\bnode ?selector|\bnode ?name\b|노드 ?셀렉터/i.test(text)) return text;
	for (const node of nodes) {
		const name = `["'\`]?${node}["'\`]?(?![\\w-])`;
		const selector = `node selector kubernetes.io/hostname=${node}`;
		const english = new RegExp(`\\b${lead}${at} (?:the )?(?:node |host |worker )?${name}(?: node)?(?: only)?`, 'i');
		const korean = new RegExp(
			`(?:노드(?:는|를|은|:)? ?)?${name} ?(?:노드)?(?:에서만|에서|에만|에|로)(?: ?(?:고정|띄[가-힣]*|배치|스케줄|실행|돌|올)[가-힣]*)?|노드(?:는|를|:)? ?${name}(?:로|으로)?(?: ?고정[가-힣]*)?`,
			'i',
		);
		const found = /[가-힣]/.test(text) ? korean.exec(text) : english.exec(text);
		if (found !== null)
			return `${text.slice(0, found.index)}, ${selector}${text.slice(found.index + found[0].length)}`
				.replace(/\s*,\s*,/, ',')
				.replace(/ ,/, ',');
	}
	return text;
}
