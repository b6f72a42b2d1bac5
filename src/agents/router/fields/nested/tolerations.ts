import type {JsonObject} from '../../../../core/json.ts';
import {type Nested, podKinds} from './nested.ts';

const speaks = /\btolerat\w*|톨러레이션|톨러레이트|톨러런스|(?:테인트|taint)\S* ?(?:를|을)? ?(?:견디|허용|무시|감수)/i;
const effects = 'NoSchedule|PreferNoSchedule|NoExecute';
const key = String.raw`[a-z0-9](?:[\w.-]*\/)?[\w.-]*[\w]|[a-z]`;

/** `dedicated=render:NoSchedule`, `gpu:NoSchedule`. */
const written = new RegExp(String.raw`(?<![\w./-])(${key})(?:=([\w.-]+))?:(${effects})?(?![\w/])`, 'gi');
const keyed = new RegExp(String.raw`\b(?:key|taint|키|테인트)(?:는|가|을|를)?[ :=]+["'\`]?(${key})(?:=([\w.-]+))?`, 'i');
const named = new RegExp(String.raw`["'\`]?(${key})(?:=([\w.-]+))?["'\`]?\s*(?:taint|테인트|키)`, 'i');
const anything =
	/\b(?:all|every|any|each) (?:\w+ )?taints?\b|\btolerates? (?:everything|anything|all)\b|\boperator:? ?(?:is |to )?exists\b|(?:모든|전체|어떤) ?(?:테인트|노드)|operator(?:는|를|가)? ?exists/i;

const effectIn = (text: string) => {
	const found = new RegExp(`\\b(${effects})\\b`, 'i').exec(text)?.[1]?.toLowerCase();
	return effects.split('|').find(effect => effect.toLowerCase() === found);
};

const toleration = (name: string, value: string | undefined, effect: string | undefined, seconds: number | undefined): JsonObject => ({
	key: name,
	...(value === undefined ? {operator: 'Exists'} : {operator: 'Equal', value}),
	...(effect === undefined ? {} : {effect}),
	...(seconds === undefined ? {} : {tolerationSeconds: seconds}),
});

/** `for 300 seconds`, `300초 동안`: how long what is evicted may stay. */
function secondsIn(text: string): number | undefined {
	const [, value, unit = ''] =
		/\bfor (\d+) ?(s|sec\w*|m|min\w*)?\b|(\d+) ?(초|분) ?(?:동안|간)/i.exec(text)?.filter(part => part !== undefined) ?? [];
	return value === undefined ? undefined : Number(value) * (/^(?:m|분)/.test(unit) ? 60 : 1);
}

function tolerationsIn(text: string): readonly JsonObject[] | undefined {
	if (!speaks.test(text)) return undefined;
	const seconds = /NoExecute/i.test(text) ? secondsIn(text) : undefined;
	const pairs = [...text.matchAll(written)].filter(([, , value, effect]) => value !== undefined || effect !== undefined);
	if (pairs.length > 0) return pairs.map(([, name = '', value, effect]) => toleration(name, value, effectIn(effect ?? ''), seconds));
	const [, name, value] = keyed.exec(text) ?? named.exec(text) ?? [];
	if (name !== undefined && !/^(?:the|a|an|with|and|of|for|all|every|any|its)$/i.test(name))
		return [toleration(name, value, effectIn(text), seconds)];
	if (!anything.test(text)) return undefined;
	const effect = effectIn(text);
	return [{operator: 'Exists', ...(effect === undefined ? {} : {effect})}];
}

/** `tolerates taint dedicated=render:NoSchedule`, `모든 테인트를 견디게`. */
export const tolerations: Nested = {kinds: podKinds, place: 'pod', path: ['tolerations'], read: ({text}) => tolerationsIn(text)};
