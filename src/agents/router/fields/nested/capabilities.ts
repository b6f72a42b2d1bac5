import {type Nested, podKinds} from './nested.ts';

const capability = '["\'`]?(?:CAP_)?(ALL|[A-Z]+(?:_[A-Z]+)+|CHOWN|KILL|SETUID|SETGID|FOWNER|MKNOD)["\'`]?';
const list = `((?:${capability.replace('(ALL', '(?:ALL')}(?:,? and |, |,| )?)+)`;
const dropped = [
	new RegExp(String.raw`\b(?:drop\w*|remov\w*|without)\b(?: (?:the|all|linux))* ?(?:capabilit(?:y|ies))?:? ?${list}`),
	new RegExp(String.raw`\bcapabilities\.drop[ :=]+\[?${list}`),
	new RegExp(String.raw`${list}(?: capabilit\w+)? (?:dropped|removed)\b`),
	new RegExp(String.raw`${list} ?(?:권한|캐퍼빌리티|capabilit\w+)?(?:을|를|은|는)? ?(?:제거|빼|드롭|drop)`),
];
const added = [
	new RegExp(
		String.raw`\b(?:add\w*|with|needs?|give \w+|gets?|grant\w*|keep|only)\b(?: (?:the|it|linux|extra))* ?(?:capabilit(?:y|ies))?:? ?${list}`,
	),
	new RegExp(String.raw`\bcapabilities\.add[ :=]+\[?${list}`),
	new RegExp(String.raw`\bcapabilit(?:y|ies)(?: of)?:? ${list}`),
	new RegExp(String.raw`${list} ?(?:권한|캐퍼빌리티|capabilit\w+)(?:을|를|도)? ?(?:추가|부여|주|넣)`),
	new RegExp(`${list} capabilit`),
];
const speaks = /capabilit|캐퍼빌리티|권한/i;
const everything =
	/\bdrop\w*(?: all| every)(?: \w+)? capabilit|\bno capabilit|\ball capabilities (?:dropped|removed)|(?:모든|전체) ?(?:캐퍼빌리티|capabilit\w+|권한)(?:을|를|은|는)? ?(?:제거|빼|드롭|drop|없애)/i;

const namesIn = (text: string) => [...new Set([...text.matchAll(new RegExp(capability, 'g'))].flatMap(([, name]) => name ?? []))];
const found = (patterns: readonly RegExp[], text: string) => patterns.map(pattern => pattern.exec(text)?.[1]).find(Boolean) ?? '';

function droppedIn(text: string): readonly string[] | undefined {
	if (!speaks.test(text)) return undefined;
	if (everything.test(text)) return ['ALL'];
	const names = namesIn(found(dropped, text));
	return names.length === 0 ? undefined : names;
}

function addedIn(text: string): readonly string[] | undefined {
	if (!speaks.test(text)) return undefined;
	const gone = droppedIn(text) ?? [];
	const names = namesIn(found(added, text)).filter(name => !gone.includes(name));
	return names.length === 0 ? undefined : names;
}

const path = ['securityContext', 'capabilities'];

/** `drop all capabilities and add NET_BIND_SERVICE`. */
export const capabilities: readonly Nested[] = [
	{kinds: podKinds, place: 'container', path: [...path, 'drop'], read: ({text}) => droppedIn(text)},
	{kinds: podKinds, place: 'container', path: [...path, 'add'], read: ({text}) => addedIn(text)},
];
