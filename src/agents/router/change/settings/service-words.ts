import type {Clause} from '../../clause.ts';
import {pairsIn} from '../../words/values.ts';
import {plainText} from '../plain-text.ts';

/** What a clause wants of a port of a Service and of its selector. `target`: a number, or a name of the pods. */
export type ServiceChange = {
	readonly port?: number | undefined;
	readonly target?: number | string | undefined;
	readonly nodePort?: number | undefined;
	readonly selector?: {readonly [key: string]: string} | undefined;
};

const number = String.raw`(?<![\w.:/-])(\d{2,5})(?![\w.%]*[a-z%])`;
const to = String.raw`[^\d]{0,40}?(?:\d{2,5}[^\d]{0,12}(?:\bto\b|->|→|=>|에서|을|를)[^\d]{0,6})?`;
const node = String.raw`\bnode[ -]?port\b|노드 ?포트`;
const targets = String.raw`\btarget[ -]?ports?\b|\bcontainer[ -]?port\b|\bpod port\b|\btargets?\b|\bforwards?\b|\bsends?(?: it| traffic)? (?:on )?to\b|\bpoint\w*\b.{0,40}\bport\b|타[겟깃] ?(?:포트)?|대상 ?포트|컨테이너 ?포트`;
const ports = String.raw`\b(?:listen|listens|answer|answers|serve|serves|reachable|available|exposed?)\b[^\d]{0,20}\b(?:on|at)\b|\b(?:service )?ports?\b|포트`;

/** The last number that a word leads to, else the one right before it: `target port 9000`, `from 80 to 9000`, `30333번 노드 포트`. */
function numberOf(words: string, text: string): number | undefined {
	const behind = new RegExp(`(?:${words})${to}${number}`).exec(text)?.[1];
	const before = new RegExp(`${number} ?(?:번|as|for)? ?(?:the |its )?(?:${words})`).exec(text)?.[1];
	const found = behind ?? before;
	return found === undefined ? undefined : Number(found);
}

const pair = /(?<![\w.:/-])(\d{2,5}) ?(?:->|→|=>) ?(\d{2,5})(?![\w.])/;
const selecting = /\bselect(?:s|or|ing)?\b|\bmatch(?:es)?\b|셀렉터|선택자|고르/;

/** What a clause says of an existing Service; undefined where it says nothing of its ports and selector. */
export function serviceChange(clause: Clause): ServiceChange | undefined {
	const text = plainText(clause);
	const pairs = pairsIn(clause);
	const selector = selecting.test(text) && pairs.length > 0 ? Object.fromEntries(pairs.map(({key, value}) => [key, value])) : undefined;
	const said = nodePort(text) ?? portsOf(text);
	return said === undefined && selector === undefined ? undefined : {...said, selector};
}

function nodePort(text: string): ServiceChange | undefined {
	if (!new RegExp(node).test(text)) return undefined;
	const behind = [...text.matchAll(new RegExp(number, 'g'))].map(([, digits]) => Number(digits));
	const found = behind.at(-1);
	return found === undefined ? undefined : {nodePort: found};
}

function portsOf(said: string): ServiceChange | undefined {
	// `the container port stays 8080`
	const text = said.replace(
		new RegExp(`(?:${targets})[^.,;]*(?:그대로|\\bstays?\\b|\\bremains?\\b|\\bunchanged\\b|\\bkeeps?\\b|\\bsame\\b)[^.,;]*`, 'g'),
		' ',
	);
	const [, front, back] = pair.exec(text) ?? [];
	if (front !== undefined && !new RegExp(`(?:${targets}|${ports})${to}$`).test(text.slice(0, text.indexOf(front))))
		return {port: Number(front), target: Number(back)};
	const target = numberOf(targets, text);
	if (target !== undefined) return {target};
	const port = numberOf(ports, text);
	return port === undefined ? undefined : {port};
}

/** Whether a port is to stand beside those that there are. */
export const saysMorePorts = ({text}: Pick<Clause, 'text'>): boolean =>
	/\b(?:another|additional|extra|second|further|new|also|too|besides?|next to|on top)\b|\badd(?:s|ed|ing)? (?:an? |the )?(?:[\w-]+ )?port|추가|하나 더|포트도/i.test(
		text,
	);

/** `port 9100 named metrics`, `metrics라는 이름의 9100 포트` */
export const portName = ({text}: Pick<Clause, 'text'>): string | undefined =>
	(/\bport\b.*?\b(?:named|called|with the name|name) ["'`]?([a-z][a-z0-9-]*)/i.exec(text) ??
		/([a-z][a-z0-9-]*)(?:이?라는|이란)\s?이름/i.exec(text) ??
		/이름은?\s["'`]?([a-z][a-z0-9-]*)/i.exec(text))?.[1];
