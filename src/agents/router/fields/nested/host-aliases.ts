import type {JsonObject} from '../../../../core/json.ts';
import {type Nested, podKinds} from './nested.ts';

const speaks = /\bhost ?alias\w*|\/etc\/hosts|호스트 ?(?:에일리어스|별칭)/i;
const address = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const name = String.raw`[a-z0-9-]*[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+|[a-z][a-z0-9-]*`;
/** `10.0.0.5 db.internal`, `db.internal -> 10.0.0.5`, `db.internal은 10.0.0.5로`. */
const forward = new RegExp(
	String.raw`(${address})[\s:=]*(?:for|as|to|is|->|→|=|:|,|은|는|을|를)?\s*["'\`]?((?:${name})(?:,? (?:and )?(?:${name.split('|')[0]}))*)`,
	'gi',
);
const backward = new RegExp(
	String.raw`["'\`]?(${name.split('|')[0]})["'\`]?(?:은|는|을|를|이|가)?\s*(?:resolves? to|points? (?:to|at)|at|to|as|is|->|→|=|:)?\s*(${address})`,
	'gi',
);

const alias = (ip: string, hostnames: readonly string[]): JsonObject => ({ip, hostnames});

function aliasesIn(text: string): readonly JsonObject[] | undefined {
	if (!speaks.test(text)) return undefined;
	const behind = [...text.matchAll(backward)].map(([, host = '', ip = '']) => alias(ip, [host]));
	if (behind.length > 0) return behind;
	const found = [...text.matchAll(forward)].map(([, ip = '', hosts = '']) => alias(ip, hosts.split(/,? and |,? /)));
	return found.length === 0 ? undefined : found;
}

/** `host alias 10.0.0.5 db.internal`. */
export const hostAliases: Nested = {kinds: podKinds, place: 'pod', path: ['hostAliases'], read: ({text}) => aliasesIn(text)};
