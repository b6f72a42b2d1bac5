import type {JsonObject} from '../../../../core/json.ts';
import {type Rule, type Taken, take} from './take.ts';

const key = String.raw`["'\`]?((?:[a-z0-9][a-z0-9.-]*\/)?[A-Za-z0-9](?:[\w.-]*\w)?)["'\`]?`;
const value = String.raw`["'\`]?([A-Za-z0-9](?:[\w.-]*\w)?)["'\`]?`;
const effect = '(NoSchedule|NoExecute|PreferNoSchedule)';
const effects: {readonly [lower: string]: string} = {
	noschedule: 'NoSchedule',
	noexecute: 'NoExecute',
	prefernoschedule: 'PreferNoSchedule',
};
const verb = `(?:(?:that |which |and |to )?tolerat(?:es?|ing|ions?)(?: for| of)?:? (?:the |a )?(?:(?:node )?taints? )?(?:key )?)?`;
const time = String.raw`(?:,? (?:for|during|with tolerationSeconds:?) (\d+) ?(?:s|sec|seconds?)?|,? ?(\d+)초(?: ?동안)?)?`;
const behind = `(?:(?: ?(?:taints?|테인트|톨러레이션|toleration))*(?:를|을|은|는|도)? ?(?:허용|견디|견딜|톨러레이트|톨러레이션|tolerate)[가-힣]*)?`;

const toleration = (name: string | undefined, of: string | undefined, what: string | undefined, seconds?: string): JsonObject => ({
	...(name === undefined ? {} : {key: name}),
	operator: of === undefined ? 'Exists' : 'Equal',
	...(of === undefined ? {} : {value: of}),
	...(what === undefined ? {} : {effect: effects[what.toLowerCase()] ?? what}),
	...(seconds === undefined ? {} : {tolerationSeconds: Number(seconds)}),
});

const rules: readonly Rule<JsonObject>[] = [
	// `key dedicated with value infra, effect NoSchedule`
	[
		new RegExp(
			`${verb}\\bkey:? ${key},? (?:with |and |has )?(?:the )?value:? ${value}(?:,? (?:and |with )?(?:the )?effect:? ${effect})?${time}`,
			'gi',
		),
		(name, of, what, seconds) => toleration(name, of, what, seconds),
	],
	// `key gpu, operator Exists, effect NoSchedule`
	[
		new RegExp(
			`(${verb})(key:? )?${key},? (operator:? )?(exists|equals?)(?:,? (?:value:? )?${value})?(?:,? (?:and )?(?:effect:? )?${effect})?${time}`,
			'gi',
		),
		(tolerates, keyword, name, field, operator, of, what, seconds) =>
			// `label team equals web` is no taint.
			![tolerates, keyword, field, what].some(Boolean) || /^(?:it|that|there|already|operator|which)$/i.test(name ?? '')
				? undefined
				: toleration(name, /^exists$/i.test(operator ?? '') ? undefined : of, what, seconds),
	],
	// `dedicated=render:NoSchedule`, `node-role/infra:NoExecute`, `gpu=true with effect NoSchedule`
	[
		new RegExp(
			`${verb}${key}(?:=${value})?(?::| ?, ?effect:? ?| (?:with )?(?:the )?(?:effect )?(?=[NP])|의 )${effect}${time}${behind}`,
			'gi',
		),
		(name, of, what, seconds, korean) =>
			/^(?:effect|key|taint|taints)$/i.test(name ?? '') ? undefined : toleration(name, of, what, seconds ?? korean),
	],
	[
		/\b(?:that |which |and )?tolerat(?:es?|ing)(?: of)? (?:all|any|every|each)(?: node)?(?: taints?)?\b|\btolerat(?:es?|ing) everything\b|모든 ?(?:테인트|taint)\S* ?(?:허용|견디|견딜|톨러레이)[가-힣]*/gi,
		() => toleration(undefined, undefined, undefined),
	],
	[
		/\b(?:also |even |it )?(?:runs?|goes|should run|must run|scheduled|run)? ?(?:on|onto) (?:the )?(?:control[- ]plane|master) nodes?(?: too| as well| also)?\b|,? ?\bincl(?:ud(?:ing|es?)|\.)? (?:the )?(?:control[- ]plane|master)(?: nodes?| ones?)?\b|컨트롤 ?플레인(?: ?노드)?(?:에서도|에도)[가-힣 ]*?(?:뜨|돌|실행|배치)[가-힣]*/gi,
		() => toleration('node-role.kubernetes.io/control-plane', undefined, 'NoSchedule'),
	],
	[
		new RegExp(String.raw`\btolerat(?:es?|ing|ions?)(?: for| of)?:? (?:the |a )?(?:node )?(?:taint )?(?:key )?${key}=${value}`, 'gi'),
		(name, of) => toleration(name, of, undefined),
	],
	[
		new RegExp(`${key}=${value} ?(?:taint|테인트)(?:를|을|도)? ?(?:허용|견디|견딜|톨러레이)[가-힣]*`, 'gi'),
		(name, of) => toleration(name, of, undefined),
	],
];

/** The taints that pods are said to put up with. */
export const tolerationsIn = (text: string): Taken<JsonObject> => take(text, rules);
