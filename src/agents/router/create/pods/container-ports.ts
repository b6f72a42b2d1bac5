import type {ContainerPort} from '../manifests/pod.ts';
import {containerPorts} from '../reading/counts.ts';
import type {Wish} from '../reading/wish.ts';

const name = String.raw`["'\`]?([a-z](?:[a-z0-9-]{0,13}[a-z0-9])?)["'\`]?`;
const notName =
	/^(?:on|at|to|and|it|them|that|this|those|these|one|all|both|each|too|also|port|ports|tcp|udp|sctp|the|a|is|of|for|with|its|container|listens?|listening|serves?|serving|answers?|answering|expose[sd]?|exposing|s|m|x|named?|called|as|or|from|in|mi|gi|memory|cpu|limit|uid|gid|user|group|replicas?|most|least|than|after|within|every|over|under|up|about|only|keeps?|kept|until|once|then|by|be|are|minimum|maximum|min|max|delay|period|timeout)$/;

/** `metrics 9090`, `http=8080`, `web:8080`, `dns 53/udp`: ports with their names in a list. */
const pair = new RegExp(
	String.raw`(?<![\w./@-])${name}(?: ?[=:(] ?| (?:on |port )?)(\d{2,5})(?:\/(tcp|udp|sctp))?(?![\w%/:-]|\.\d| ?(?:seconds?|secs?|minutes?|mins?|hours?|days?|percent|times|pods?|replicas?|Mi|Gi)\b)`,
	'gi',
);
const protocol = '(?: ?[/ ] ?(?:tcp|udp|sctp))?';
const behind = (port: number) =>
	new RegExp(
		String.raw`(?<![\d.])${port}(?:번)?(?: ?포트)?${protocol}[ ,(]*(?:(?:is )?(?:named?|call(?:ed)?)(?: it)?|as|이름(?:은|이)?:?) ?${name}`,
		'i',
	);
const bracketed = (port: number) => new RegExp(String.raw`(?<![\d.])${port}(?:번)?(?: ?포트)?${protocol} ?\(${name}\)`, 'i');
const titled = (port: number) =>
	new RegExp(
		String.raw`${name} (?:port|포트)(?:는|은|가|를|을| is| on| at|:)? ?${port}(?!\d)|(?:port|포트) (?:(?:named|called) )?${name}(?: on| at| is|은|는|,|:|=)? ?${port}(?!\d)|${name}(?:라는|이라는|란) ?(?:이름(?:의|으로)? ?)?포트 ?${port}(?!\d)`,
		'i',
	);
const protocolOf = (text: string, port: number) =>
	new RegExp(
		String.raw`(?<!\d)${port}(?:번)?(?: ?포트)? ?(?:\/|\(|,? ?(?:over |on |via )?)(udp|sctp)\b|\b(udp|sctp) (?:port )?${port}(?!\d)`,
		'i',
	)
		.exec(text)
		?.slice(1)
		.find(group => group !== undefined)
		?.toUpperCase();

const isProtocol = (text: string | undefined): text is 'UDP' | 'SCTP' => text === 'UDP' || text === 'SCTP';

function nameOf(text: string, port: number): string | undefined {
	const said = [behind(port).exec(text), bracketed(port).exec(text), titled(port).exec(text)].flatMap(
		found => found?.slice(1).find(group => group !== undefined) ?? [],
	);
	return said.map(one => one.toLowerCase()).find(one => !notName.test(one));
}

/** Whether a list of ports begins somewhere before: `ports: http 8080, metrics 9090`. */
const lists = /\b(?:container ?)?ports?\b|\blistens?\b|\blistening\b|\bexpos\w+|포트/i;

/** `http 8123 and native 9000`: two of a kind are ports. */
const chain = new RegExp(`${pair.source}(?:(?:,? and|,| &|이랑|랑|와|과|하고|, 그리고) ${pair.source})+`, 'gi');

/** `listens on 3200 and 4317`, `포트 80, 443`. */
const inRow =
	/(?:\bports?|\b(?:listens?|listening|serves?|serving) (?:on|at)(?: ports?)?|\bexpos\w+(?: ports?)?|포트(?:는|로)?) ?:? ?(\d{2,5}(?:\/\w+)?(?: ?(?:,|and|&|와|과|하고)+ ?(?:and )?\d{2,5}(?:\/\w+)?)+)(?![\w:%]|\.\d)/gi;
const listedPorts = (text: string) =>
	[...text.matchAll(inRow)].flatMap(([, row = '']) => (row.match(/\d{2,5}/g) ?? []).map(Number)).filter(port => port < 65_536);

/** The ports of a container with their names and protocols. @param isInside words that speak of other ports */
export function portsIn(wish: Wish, isInside: (at: number) => boolean): readonly ContainerPort[] {
	const bare = withoutPortNames(wish.text);
	const plain = [...new Set([...containerPorts(wish, isInside), ...listedPorts(bare)])];
	const remark = lists.exec(wish.text);
	const list = remark === null ? '' : (/^[^.;]*(?:\.\d[^.;]*)*/.exec(wish.text.slice(Math.max(0, remark.index - 40)))?.[0] ?? '');
	const paired = [...list.matchAll(pair)].flatMap(([, said = '', number]) => {
		const port = Number(number);
		return notName.test(said.toLowerCase()) || port > 65_535 || plain.includes(port) ? [] : [port];
	});
	const beside = paired.filter(port => isListed(list, port, plain));
	const chained = [...wish.text.matchAll(chain)].flatMap(([whole]) =>
		[...whole.matchAll(pair)].flatMap(([, said = '', digits]) => (notName.test(said.toLowerCase()) ? [] : [Number(digits)])),
	);
	return [...new Set([...plain, ...beside, ...(remark === null ? [] : chained)])].map(number => {
		const pairs = [...wish.text.matchAll(pair)].filter(([, , digits]) => Number(digits) === number);
		const own = pairs.map(([, said = '']) => said.toLowerCase()).find(said => !notName.test(said));
		const protocol = protocolOf(wish.text, number);
		return {number, name: nameOf(wish.text, number) ?? own, protocol: isProtocol(protocol) ? protocol : undefined};
	});
}

/** The text without the names of ports, which are no names of anything else: `8080 (name it http)`. */
export const withoutPortNames = (text: string) =>
	text
		.replaceAll(
			/((?<![\d.])\d{2,5}(?:번)?(?: ?포트)?(?: ?\/?(?:tcp|udp|sctp))?) ?,? ?\(?(?:(?:is )?(?:named|called)|(?:name|call) it|이름(?:은|이)?:?) ["'`]?[a-z][a-z0-9-]*["'`]?(?:라고|이라고|으로|로)?\)?/gi,
			'$1',
		)
		.replaceAll(/\b(ports?) (?:named |called )["'`]?[a-z][a-z0-9-]*["'`]?/gi, '$1');

/** Whether a named number stands in a list of ports: between it and the word for ports is nothing but such pairs. */
function isListed(list: string, port: number, plain: readonly number[]): boolean {
	const at = list.search(new RegExp(String.raw`(?<!\d)${port}(?!\d)`));
	const before = list.slice(0, at);
	const word = [...before.matchAll(new RegExp(lists.source, 'gi'))].at(-1);
	if (word === undefined) return /^\S*\s*(?:ports?|포트)/i.test(list.slice(at + String(port).length)) && plain.length === 0;
	return /^[^\d]{0,16}(?:\d{2,5}(?:\/\w+)?[^\d.;]{0,24})*$/.test(before.slice(word.index + word[0].length));
}
