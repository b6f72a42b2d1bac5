import type {Wish} from './wish.ts';

/** One port of a Service as it was said. `target`: a number or a name of the pods; undefined where nobody said it. */
export type SpokenPort = {
	readonly port: number;
	readonly target?: number | string | undefined;
	readonly name?: string | undefined;
	readonly nodePort?: number | undefined;
	readonly protocol?: 'UDP' | undefined;
};

const english = String.raw`->|=>|→|⇒|:|\bto\b|(?:and |that |which )?forward(?:ing|ed|s)? (?:it |them )?to|(?:which |that )?(?:goes|going|go|maps?|mapped|mapping|routes?|sent|sends?) (?:it )?to|(?:to |with |and )?(?:the )?target(?: ?port)?(?: is|:)?|targeting|onto`;
const korean = `번? ?(?:포트)?(?:를|을|에서|에|로) ?(?:받아서? ?|들어오면 ?)?(?:파드의?|컨테이너의?|컨테이너 포트|타겟 ?(?:포트)?)?`;
const arrow = `,? ?(?:${english}|${korean})`;
const pair = new RegExp(
	String.raw`(?<![\d.\w])(\d{2,5})(?!\d)(?:\/(tcp|udp))?${arrow} ?(?:the )?(?:pods?'? |containers?'? |컨테이너 ?|파드 ?)?(?:port )?(\d{2,5}|[a-z][a-z0-9-]{1,14}(?= port|\b))(?!\d|\.\d|Mi|Gi)`,
	'gi',
);
const single =
	/(?:\bports?(?: is|:| number)?|\bon|\bat|포트(?:는|은|번호는)?|:) ?(\d{2,5})(?:\/(tcp|udp))?(?![\d:%]|\.\d|Mi|Gi|\w)|(\d{2,5})(?:\/(tcp|udp))? ?(?:번)? ?(?:port|포트)/gi;
const nodePort = /\bnode ?port(?: is|:| number)? ?(3\d{4})|노드 ?포트(?:는|은)? ?(3\d{4})|(3\d{4})(?:번)? ?(?:노드 ?포트|node ?port)/i;

const protocolOf = (text: string, word: string | undefined): 'UDP' | undefined =>
	word?.toLowerCase() === 'udp' || (word === undefined && /\budp\b/i.test(text) && !/\btcp\b/i.test(text)) ? 'UDP' : undefined;

const notATarget = /^(?:the|it|port|pods?|a|an|service|each|all|be|node|and|clients?|in|on|for|named|called|with)$/i;

/** Names of ports: `7946 named gossip`, `gossip=7946`, `port http 80`. */
function nameOf(text: string, port: number): string | undefined {
	const behind = new RegExp(
		String.raw`(?:port|포트|->|→|:|\d,?) ?${port}(?!\d)(?:\/\w+)?(?: ?\(| ?,? ?(?:named|called|name)) ?["'\`]?([a-z][a-z0-9-]{0,14})`,
		'i',
	).exec(text)?.[1];
	const before = new RegExp(String.raw`([a-z][a-z0-9-]{0,14})=${port}(?!\d)`, 'i').exec(text)?.[1];
	const korean = new RegExp(
		String.raw`(?<!\d)${port}(?:번)? ?(?:포트)?,? ?(?:이름은?|포트 ?이름은?) ?["'\`]?([a-z][a-z0-9-]{0,14})`,
		'i',
	).exec(text)?.[1];
	return behind ?? before ?? korean;
}

/** `ports 80 and 443` → `port 80 port 443`. */
const listed = (text: string) =>
	text.replaceAll(/\b(ports|포트) ?(\d{2,5}(?:(?:,| and|,? 와|과) ?\d{2,5})+)/gi, (_, word: string, list: string) =>
		list.replaceAll(/\d+/g, port => `${word} ${port}`),
	);

/** The ports of a Service that a wish names, in order, each once. */
export function spokenPorts({text}: Pick<Wish, 'text'>): readonly SpokenPort[] {
	const node = nodePort.exec(text);
	const fixed = node === null ? undefined : Number(node.slice(1).find(digits => digits !== undefined));
	const plain = listed(text.replace(nodePort, ' '));
	const pairs = [...plain.matchAll(pair)].flatMap(([, port = '', protocol, target = '']) =>
		notATarget.test(target)
			? []
			: [
					{
						at: plain.indexOf(port),
						port: Number(port),
						target: /^\d+$/.test(target) ? Number(target) : target.toLowerCase(),
						protocol: protocolOf(text, protocol),
					},
				],
	);
	const targets = new Set(pairs.flatMap(({target}) => (typeof target === 'number' ? [target] : [])));
	const rest = pairs.length > 0 ? plain.replace(pair, ' ') : plain;
	const singles = [...rest.matchAll(single)].map(([, front, frontProtocol, back, backProtocol]) => ({
		port: Number(front ?? back),
		target: undefined,
		protocol: protocolOf(text, frontProtocol ?? backProtocol),
	}));
	const seen = new Set<number>();
	return [...pairs, ...singles]
		.filter(({port}, index) => (index < pairs.length || !targets.has(port)) && !seen.has(port) && seen.add(port))
		.map(({port, target, protocol}, index) => ({
			port,
			target,
			protocol,
			name: nameOf(text, port),
			nodePort: index === 0 ? fixed : undefined,
		}));
}
