import type {PortWish} from '../manifests/policy.ts';
import {plainAt, type Wish} from './wish.ts';

const dnsWord = /\bdns\b|name (?:lookups?|resolution)|\bkube-dns\b|이름 ?(?:풀이|해석)/i;
const dnsClosed =
	/\bdns (?:included|too|as well|also blocked)\b|\b(?:even|including|also) dns\b|\bno dns\b|\bwithout dns\b|dns ?(?:까지|도|포함)[^,.]*(?:막|차단)|dns ?포함|\bdns (?:(?:may|can|should|must|shall|is|to|will) )*(?:(?:stay|remain|be|left|kept) )*(?:blocked|closed|shut|denied|off|not (?:needed|allowed|required|wanted|let|part)|unneeded|unnecessary)\b|\b(?:no need (?:to (?:open|allow|permit|let) |for |of )|(?:do not|don't|does not|doesn't|need not|needn't|not) (?:even )?(?:need |open |allow |permit |let |include )(?:up )?|leav\w+ out )dns\b|\bleave dns (?:closed|blocked|out|shut)\b|dns(?:는|은|도|조회는)? ?(?:막혀|안 ?열|열지 ?(?:않|말)|필요 ?(?:없|는 ?없)|없어도|빼|막아|차단|허용 ?(?:안|하지))/i;

export const dnsPorts: readonly PortWish[] = [
	{port: 53, protocol: 'UDP'},
	{port: 53, protocol: 'TCP'},
];

const named: readonly RegExp[] = [
	/(?<![\w-])(?:ports?|포트)(?: (?:named|called|name)|의? ?이름(?:은|이)?)? ["'`]?([a-z][a-z0-9-]{0,14})["'`]?(?![\w.-])/gi,
	/(?<![\w-])["'`]?([a-z][a-z0-9-]{0,14})["'`]?(?:라는|이라는)? ?(?:ports?\b|포트)/gi,
];
const noName =
	/^(?:the|its|their|a|an|on|to|of|in|at|and|or|any|all|every|that|this|same|named|called|number|only|for|from|is|are|it|tcp|udp|sctp|target|node|host|other|which|no|one|two|container|pod|with|by|numbers?|ranges?|open|name|these|those|own)$/i;

/** Ports that are called by the name that the pods give them. */
function namedPorts({text}: Wish, declared: ReadonlySet<string>): readonly string[] {
	const all = named.flatMap(pattern => [...text.matchAll(pattern)]);
	const found = all.flatMap(([whole, word = '']) => {
		const isSaid = /named|called|name|이름|라는/i.test(whole);
		return !noName.test(word) && (isSaid || declared.has(word)) ? [word] : [];
	});
	return [...new Set(found)];
}

type Protocol = PortWish['protocol'];

function protocolsFor(text: string, own: string | undefined, hasDns: boolean): readonly Protocol[] {
	if (own !== undefined) return [/udp/i.test(own) ? 'UDP' : /sctp/i.test(own) ? 'SCTP' : 'TCP'];
	if (hasDns) return ['TCP'];
	const said = (['TCP', 'UDP', 'SCTP'] as const).filter(name => new RegExp(`\\b${name}\\b`, 'i').test(text));
	return said.length === 0 ? ['TCP'] : said;
}

/**
 * The ports of a policy, without those of DNS, and whether DNS is let through.
 * @param declared names of the ports of the pods that answer
 */
export function policyPorts(wish: Wish, declared: readonly string[] = []): {readonly ports: readonly PortWish[]; readonly dns: boolean} {
	const dns = dnsWord.test(wish.text) && !dnsClosed.test(wish.text);
	const range = /(?<![\w.:/-])(\d{2,5}) ?(?:-|–|~|to|through|until|에서|부터) ?(\d{2,5})(?:번)?(?:까지)?(?![\w./])/i.exec(wish.text);
	const [low, high] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? 0)];
	const isRange = low > 0 && high > low;
	const numbers = wish.words.flatMap(({raw}, at) => {
		const [, digits, protocol] = /^(?:(?:tcp|udp|sctp)[:/])?:?(\d{1,5})(?:번)?(?:\/(tcp|udp|sctp))?$/i.exec(raw) ?? [];
		if (digits === undefined || (isRange && (Number(digits) === low || Number(digits) === high))) return [];
		const unit = plainAt(wish, at + 1);
		if (/^(?:seconds?|minutes?|hours?|pods?|replicas?|times|percent|namespaces?|초|분|시간|개)/.test(unit)) return [];
		const isPort = /^(?:on|ports?|at|포트|and|,|->)/.test(plainAt(wish, at - 1)) || /^(?:포트|port)/.test(unit) || Number(digits) >= 22;
		const near =
			protocol ??
			/^(tcp|udp|sctp)$/.exec(plainAt(wish, at - 1))?.[1] ??
			(/^(?:tcp|udp|sctp)$/.test(unit) && !/^(?:and|or|&)$/.test(plainAt(wish, at + 2)) ? unit : undefined);
		return isPort && Number(digits) <= 65_535 ? [{port: Number(digits), protocol: near}] : [];
	});
	const ports = numbers
		.filter(({port}) => !(dns && port === 53))
		.flatMap(({port, protocol}) => protocolsFor(wish.text, protocol, dns).map(each => ({port, protocol: each})));
	const ranged = isRange ? protocolsFor(wish.text, undefined, dns).map(protocol => ({port: low, endPort: high, protocol})) : [];
	const byName = namedPorts(wish, new Set(declared)).flatMap(port =>
		protocolsFor(wish.text, undefined, dns).map(protocol => ({port, protocol})),
	);
	return {ports: unique([...ports, ...ranged, ...byName]), dns};
}

const unique = (ports: readonly PortWish[]) =>
	ports.filter((one, index) => ports.findIndex(({port, protocol}) => port === one.port && protocol === one.protocol) === index);
