import type {Wish} from './wish.ts';

/** One port of a Service as it was said. `target`: a number or a name of the pods; undefined where nobody said it. */
export type SpokenPort = {
	readonly port: number;
	readonly target?: number | string | undefined;
	readonly name?: string | undefined;
	readonly nodePort?: number | undefined;
	readonly protocol?: 'UDP' | 'SCTP' | undefined;
};

type Role = 'front' | 'target' | 'node';
/** A number of the text: what stands right before it (to the number before) and behind it (to the next). */
type Token = {readonly value: number; readonly protocol: string | undefined; readonly before: string; readonly behind: string};

/** What holds numbers and is no port: addresses, images, hosts, paths, amounts. */
const others: readonly RegExp[] = [
	/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g,
	/(?<![\w.-])(?!\d+\/(?:tcp|udp|sctp)\b)[a-z0-9][\w.-]*\/[\w./-]+(?::[\w.-]+)?/gi,
	/(?<![\w.-])[a-z][\w-]*:\d+\.[\w.-]+/gi,
	/(?<![\w./-])\d+(?:\.\d+)?(?:[KMGT]i?B?\b|m\b|ms\b|s\b|h\b|%)/g,
	/(?<![\w./-])\d+ ?(?:seconds?|secs?|minutes?|mins?|hours?|replicas?|pods?|nodes?|ports|times|percent|copies|instances?|초|분|시간|개|대|퍼센트)(?![\w])/gi,
];

function tokensOf(text: string): readonly Token[] {
	const plain = others.reduce((now, pattern) => now.replaceAll(pattern, found => ' '.repeat(found.length)), text);
	const found = [
		...plain.matchAll(
			/(?<![\d.\w/-])(\d{2,5})(?:\/(tcp|udp|sctp))?(?![\d%]|\.\d|\w)|(?<=[:=])(\d{2,5})(?:\/(tcp|udp|sctp))?(?![\d%]|\.\d|\w)/gi,
		),
	].filter(([, one, , two]) => Number(one ?? two) <= 65_535);
	return found.map((match, index) => {
		const last = found[index - 1];
		const next = found[index + 1];
		return {
			value: Number(match[1] ?? match[3]),
			protocol: (match[2] ?? match[4])?.toUpperCase(),
			before: plain.slice(last === undefined ? 0 : last.index + last[0].length, match.index),
			behind: plain.slice(match.index + match[0].length, next?.index ?? plain.length),
		};
	});
}

const nodeBefore =
	/\bnode ?port(?:s)?(?: is| should be|:|=| number| of)? ?$|(?:노드 ?포트|node ?port)(?: ?번호)?(?:는|은|를|로)? ?$|\bon (?:the|every|each|all)(?: the)? nodes?(?: (?:at|on|under))?(?: port)? ?$/i;
const nodeBehind = /^(?:번)? ?(?:(?:as|is|for) )?(?:the |its )?(?:fixed )?(?:node ?port|노드 ?포트)|^ ?on (?:the|every|each) nodes?\b/i;

const own = String.raw`(?:(?:the |its |their )?(?:pods?'?s?|containers?'?s?|app'?s?|process'?s?|컨테이너|파드)(?:의|s')? ?)?(?:(?:own )?(?:container |target )?ports? |포트 ?)?(?:number )?`;
const leadsTo = new RegExp(
	String.raw`^(?: ?\([^)]*\))? ?(?:번)? ?(?:port|포트)?,? ?(?:->|=>|→|⇒|:|\/|\bto\b|onto|in front of|(?:and |that |which )?(?:is )?forward(?:ing|ed|s)? (?:it |them |on )?to|(?:which |that |and )?(?:goes|going|go|maps?|mapped|mapping|routes?|sent|sends?|leads?|points?|lands?) (?:it |on )?(?:to|on)|(?:를|을|에서|에|로|으로)? ?(?:받아서? ?|받고 ?|들어오면 ?|들어온 (?:건|것은) ?)?(?=컨테이너|파드|(?:타[겟깃]|대상)|\d|$)) ?${own}(?:on |at )?$`,
	'i',
);
const targetBefore =
	/(?:target(?:ing|ed)?(?: ?port)?(?: is|:|=| of| at)?|container ?port(?: is|:|=)?|\b(?:pods?|containers?|app)(?:'s?|s')?(?: \w+)? ?(?:port |(?:listen(?:s|ing)?|answers?|runs?|serves?|are|is|have)(?: \w+)? ?(?:on|at|to)? ?(?:port )?)?|(?:(?:타[겟깃]|대상) ?포트|컨테이너(?:의)? ?(?:포트)?|파드(?:의)? ?(?:포트)?)(?:는|은)?|behind(?: it)?(?: on)?) ?$/i;
const targetBehind =
	/^ ?(?:\(?(?:inside|in the (?:pods?|containers?)|on the (?:pods?|containers?)|of the (?:pods?|containers?)|behind it|behind|internally)\b|번? ?(?:포트)?(?:가|이)? ?컨테이너|안쪽)/i;
const frontBehind = /^ ?(?:\(?(?:outside|on the outside|externally|in front)\b|(?:번)? ?(?:포트|port)|번|바깥)/i;
const frontBefore =
	/(?:\bports?(?: is|:| number| at)?|\bon|\bat|\bof|:|=|포트(?:는|은|번호는)?|,|\/|\(|\btcp|\budp|\bsctp|listen(?:s|ing)?|answers?|\band|와|과|및|랑|\bplus|\bwith|서비스|서비스는|service|svc) ?["'`]?$/i;
const name = String.raw`["'\`]?([a-z][a-z0-9-]{0,14})["'\`]?`;
const nameBefore = new RegExp(String.raw`(?:^|[\s,(:])(?:port )?${name}(?:(?:은|는|이|가)| is(?: on)?| on(?: port)?|:|=| port)? ?$`, 'i');
const nameBehind = new RegExp(
	String.raw`^(?:번)? ?(?:포트|port)?(?:\/\w+)?,?(?: ?\(| ?,? ?(?:named|called|name(?:d)?(?: is|:)?|as|under the name(?: of)?|with the name)| ?(?:의|는|은|,)? ?(?:포트 ?)?이름(?:은|이)?| ?이라는 이름| ?\() ?${name}\)?`,
	'i',
);
const namedTarget = new RegExp(
	String.raw`^(?:번)?(?:\/\w+)? ?(?:port|포트)?,? ?(?:(?:->|=>|→|⇒|:)|\bto\b|onto|,? ?(?:with )?(?:the )?target(?:ing)?(?: ?port)?(?: is|:|=)?|(?:goes|maps?|forward(?:ing|s|ed)?) to|(?:를|을|에서|로)? ?(?:타[겟깃]|대상) ?포트(?:는|은|를)?|(?:를|을|에서|로)) ?(?:the )?(?:(?:container|pod)(?:s?'s?)? )?(?:port |포트 )?(?:called |named )?${name}`,
	'i',
);
const usualNames =
	/^(?:https?|grpc|metrics|admin|health|api|web|ui|db|redis|amqp|mgmt|debug|gossip|client|peer|dns|smtp|broker|resp|pg|tls|ws|probe|data|control|stats|tcp|udp|mysql|postgres|mqtt)(?:-[a-z0-9]+)?$/;
const noName =
	/^(?:the|it|port|ports|pods?|a|an|service|svc|each|all|be|node|and|clients|in|on|at|for|of|to|named|called|with|from|number|cluster|clusterip|nodeport|loadbalancer|headless|tcp|udp|is|are|its|their|by|as|both|one|two|three|other|inside|outside|behind|tls|target|targetport|containers?|listening|listens?|name|번|or|one|that|this|which|now|port-number)$/i;

function roleOf(token: Token, last: Role | undefined): Role | undefined {
	const {before, behind} = token;
	if (nodeBefore.test(before) || nodeBehind.test(behind)) return 'node';
	if (last === 'front' && (leadsTo.test(before) || targetBefore.test(before))) return 'target';
	if (targetBehind.test(behind) && last === 'front') return 'target';
	if (last !== undefined && targetBefore.test(before) && !frontBehind.test(behind)) return 'target';
	const isFront =
		token.protocol !== undefined ||
		frontBehind.test(behind) ||
		frontBefore.test(before) ||
		leadsTo.test(behind) ||
		/^ ?(?:->|=>|→|⇒)/.test(behind) ||
		/^ ?(?:to|forward\w*|going|goes) /i.test(behind) ||
		nameOf(token, new Set()) !== undefined ||
		(last !== undefined && /^ ?(?:,|and|와|과|및|랑|&|,? and)? ?$/i.test(before));
	return isFront ? 'front' : undefined;
}

function nameOf({before, behind}: Token, declared: ReadonlySet<string>): string | undefined {
	const after = nameBehind.exec(behind)?.[1];
	if (after !== undefined && !noName.test(after)) return after.toLowerCase();
	const first = nameBefore.exec(before)?.[1];
	if (first === undefined || noName.test(first)) return undefined;
	const isMarked = /(?:은|는|이|가|=|:| is(?: on)?)(?: port)? ?$/i.test(before);
	return isMarked || declared.has(first) || usualNames.test(first.toLowerCase()) ? first.toLowerCase() : undefined;
}

/** `포트도 타깃도 6565`, `port and target port both 6565` → `port 6565 target port 6565` */
const bothAlike = (text: string) =>
	text.replaceAll(
		/(?:서비스 ?)?포트(?:도|와|랑|하고|,)? ?(?:타[겟깃]|대상) ?(?:포트)?(?:도|는|가|은)? ?(?:모두|둘 ?다|똑같이|같이|다)? ?(\d{2,5})|\b(?:both )?(?:the )?port and (?:the )?target(?: ?port)?(?: are| is)?(?: both)? (\d{2,5})/gi,
		(_, korean: string | undefined, english: string | undefined) => `port ${korean ?? english} -> ${korean ?? english}`,
	);

/** `ports 80 and 443` → `port 80 port 443`. */
const listed = (text: string) =>
	bothAlike(text).replaceAll(/\b(ports|포트) ?(\d{2,5}(?:(?:,| and|,? 와|과) ?\d{2,5})+)/gi, (_, word: string, list: string) =>
		list.replaceAll(/\d+/g, port => `${word} ${port}`),
	);

function protocolOf(text: string, {protocol, before, behind}: Token): 'UDP' | 'SCTP' | undefined {
	const near = protocol ?? /\b(udp|sctp|tcp) (?:port )?$/i.exec(before)?.[1] ?? /^ ?(udp|sctp|tcp)\b/i.exec(behind)?.[1];
	const said = near?.toUpperCase() ?? (/\btcp\b/i.test(text) ? undefined : /\b(udp|sctp)\b/i.exec(text)?.[1]?.toUpperCase());
	return said === 'UDP' || said === 'SCTP' ? said : undefined;
}

type Draft = {-readonly [field in keyof SpokenPort]: SpokenPort[field]};

/**
 * The ports of a Service that a wish names, in order, each once.
 * @param declared names of the ports of the pods
 */
export function spokenPorts({text}: Pick<Wish, 'text'>, declared: readonly string[] = []): readonly SpokenPort[] {
	const known = new Set(declared);
	const plain = listed(text);
	const ports: Draft[] = [];
	let last: Role | undefined;
	let node: number | undefined;
	let alone: number | undefined;
	for (const token of tokensOf(plain)) {
		const role = roleOf(token, last);
		if (role === undefined) continue;
		const now = ports.at(-1);
		if (role === 'node') {
			if (now === undefined) node = token.value;
			else now.nodePort ??= token.value;
		} else if (role === 'target' && now !== undefined && now.target === undefined) {
			now.target = token.value;
			const called = nameBehind.exec(token.behind)?.[1];
			if (called !== undefined && !noName.test(called)) now.name ??= called.toLowerCase();
		} else if (role === 'target') alone = token.value;
		else if (!ports.some(({port, protocol}) => port === token.value && protocol === protocolOf(text, token))) {
			const target = namedTarget.exec(token.behind)?.[1];
			const isTarget =
				target !== undefined &&
				!noName.test(target) &&
				(known.has(target) ||
					(known.size === 0
						? /->|→|target|(?:타[겟깃]|대상)/i.test(token.behind)
						: /^ ?(?:->|→|:)|target ?port|(?:타[겟깃]|대상)/i.test(token.behind)));
			ports.push({
				port: token.value,
				target: isTarget ? target.toLowerCase() : undefined,
				name: nameOf(token, known),
				nodePort: node,
				protocol: protocolOf(text, token),
			});
			node = undefined;
		}
		last = role;
	}
	const [only, ...more] = ports;
	// Of a port of the nodes alone the pods say which of theirs is meant.
	if (only === undefined && alone === undefined && node !== undefined) return [{port: node, nodePort: node}];
	if (only === undefined)
		return alone === undefined ? [] : [{port: alone, target: undefined, name: undefined, nodePort: node, protocol: undefined}];
	if (more.length > 0) return ports;
	const whole =
		/(?:\bport(?:'s)? name(?: is|:)?|\b(?:name|call) (?:the|that|its) port(?: as)?|\bthe port (?:is )?(?:called|named)|포트 ?이름(?:은|이)?) ?["'`]?([a-z][a-z0-9-]{0,14})/i.exec(
			text,
		)?.[1];
	return [{...only, name: whole?.toLowerCase() ?? only.name, target: only.target ?? (alone === only.port ? undefined : alone)}];
}
