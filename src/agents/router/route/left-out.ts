import {objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import type {Call, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {mayOrder} from '../words/mood/mood-of.ts';
import {imagesIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {askPart} from './ask-part.ts';
import {isBackground} from './background.ts';
import {isChanging} from './is-changing.ts';
import {isQuestion} from './ordered.ts';
import {sameAgain, strangerIn} from './stranger.ts';
import {unexplainedName} from './unexplained-name.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;

/** A verb where an order begins. */
const begins = (verbs: string) =>
	new RegExp(`(?:^|[.;,:!?]\\s*|\\b(?:and|then|also|please|plus)\\s+)(?:(?:also|then|please|just)\\s+)*(?:${verbs})\\b`, 'i');

type Deed = {readonly said: RegExp; readonly isDone: (call: Call) => boolean};

const by =
	(...tools: readonly string[]) =>
	({tool}: Call) =>
		tools.includes(tool);

/** Deeds that words name plainly, and the calls that do them. What a creation says of them (`never restart it`) is about what is made. */
const deeds: readonly Deed[] = [
	{
		said: new RegExp(`${begins('delete|destroy|erase|wipe').source}|(?:삭제|지워|지우고)(?!\\s?(?:하지|지))`, 'i'),
		isDone: by('resource_delete', 'resource_patch', 'configmap_update', 'secret_manage'),
	},
	{
		said: new RegExp(
			`${begins('restart|reboot|bounce').source}|(?:재시작|재기동)(?!\\s?(?:되는|되고|될|이\\s?잦|하지|횟수|정책|없이|없도록|중))`,
			'i',
		),
		isDone: call => by('workload_restart')(call) || /\/spec\/template/.test(String(call.input.patch)),
	},
	{
		said: /이미지(?:를|을|도)?\s(?:\S+\s)?(?:바꿔|바꾸|교체|업데이트)|\b(?:update|change|bump|replace) (?:the )?images?\b/i,
		isDone: call => by('resource_patch', 'resource_apply')(call) || call.tool.startsWith('deployment_'),
	},
	{
		said: new RegExp(`${begins('roll\\s?back|revert|roll\\s+\\S+\\s+back').source}|롤백|(?:이전|직전|예전)\\s?버전(?:으)?로`, 'i'),
		isDone: by('resource_patch', 'resource_apply'),
	},
	{
		said: new RegExp(`${begins('cordon|uncordon|drain').source}|코든|드레인\\s?(?:해|하)`, 'i'),
		isDone: by('node_cordon', 'node_drain', 'resource_apply'),
	},
	{
		said: new RegExp(`${begins('scale').source}|\\d\\s?(?:개|대)로(?=\\s|[.,!]|$)`, 'i'),
		isDone: by('workload_scale', 'resource_patch', 'resource_apply', 'configmap_update'),
	},
	{
		said: /\bbind\s+(?:it|them|that|this|to)\b|바인딩\s?(?:해|도|으로|하나)|\b(?:by|through|via|with|and) (?:an?|its|the) (?:matching |new )?(?:role ?)?binding\b/i,
		isDone: ({input}) => /RoleBinding/.test(JSON.stringify(input)),
	},
];

/** Whether a call says what it acts on. */
const namesIts = ({input}: Call) => [input.name, input.workload, input.node, input.manifest].some(one => one !== undefined);

/** Where a request may go on to something else. */
const joints = /[;.!?]\s+|,\s*(?:and\s+|그리고\s+)?|\s+(?:and|then|plus)\s+|(?<=[가-힣]고)\s+|\s+그리고\s+/i;

/**
 * The question that stands instead of a plan that does only a part of a request: a deed that is named and not in the plan, or a part with an order in it
 * about something that the plan never speaks of.
 */
export async function leftOut(whole: Clause, understood: readonly Understanding[], world: World): Promise<Understanding | undefined> {
	const plans = understood.flatMap(one => (one.kind === 'calls' ? [one] : []));
	const calls = plans.flatMap(one => one.calls).filter(isChanging);
	if (calls.length === 0 || !calls.every(namesIts)) return undefined;
	const parts = whole.text.split(joints).filter(part => part !== undefined && part.trim() !== '');
	const missing =
		groupCutShort(whole.text, calls) ??
		missingDeed(parts, whole.text, calls) ??
		(await missingObject(parts, {calls, said: plans.map(({said}) => said).join(' ')}, world)) ??
		(await unexplainedName(whole, JSON.stringify(calls), world)) ??
		(isMade(calls) ? undefined : await strangerIn(whole.text, JSON.stringify(calls), world));
	return missing === undefined ? undefined : askPart(whole, missing, plans.map(({said}) => said).join('; '));
}

/** `all deployments in shop, mail too` is about more than the one that is named. */
const groupCutShort = (text: string, calls: readonly Call[]) =>
	calls.length === 1 &&
	calls[0]?.tool !== 'resource_apply' &&
	/\b(?:all|every\w*)\b.*\b(?:including|incl|as well|too)\b|(?:포함|까지)\S*\s.*(?:모두|전부|다\s)/i.test(text)
		? text
		: undefined;

function missingDeed(parts: readonly string[], text: string, calls: readonly Call[]): string | undefined {
	if (isMade(calls)) return missingBinding(text, calls) ?? parts.find(part => scalesLive.test(part.trim()));
	const deed = deeds.find(({said, isDone}) => said.test(text) && !calls.some(isDone));
	return deed === undefined ? undefined : (parts.find(part => deed.said.test(part)) ?? text);
}

/** `scale web to 3` beside what is made; an autoscaler scales from so many to so many. */
const scalesLive =
	/^(?:(?:please|also|then|and)\s+)*scale\s+(?!(?:it|them)\b)[\w-]+(?:\s+in\s+[\w-]+)?\s+to\s+(?:\d+|one|two|three|four|five|six|eight|ten)(?:\s+(?:pods|replicas))?[.]?$/i;

function missingBinding(text: string, calls: readonly Call[]): string | undefined {
	const binding = deeds.at(-1);
	return binding?.said.test(text) && !calls.some(binding.isDone) ? text : undefined;
}

/** Whether nothing that is there is changed: names may be new ones. */
const isMade = (calls: readonly Call[]) => calls.every(({tool}) => tool === 'resource_apply' || tool === 'secret_manage');

const acted = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Node', 'ConfigMap', 'Service', 'Ingress'];

/** What an apply makes: the names of its objects, and the keys of their data. */
const namesMade = ({tool, input}: Call): readonly string[] =>
	tool === 'resource_apply' && typeof input.manifest === 'string'
		? [...input.manifest.matchAll(/^(?: {2}name: (.+)| {2}([\w-]+\.[\w.-]+):.*)$/gm)].map(([, name, key]) =>
				(name ?? key ?? '').replaceAll('"', ''),
			)
		: [];

async function missingObject(
	parts: readonly string[],
	{calls, said}: Pick<Calls, 'calls' | 'said'>,
	world: World,
): Promise<string | undefined> {
	const planned = `${JSON.stringify(calls)} ${said}`;
	// `the dispatch service` is none of its sides, which the name alone may mean.
	const isSaid = ({name, kindSaid}: Mention) =>
		kindSaid ? new RegExp(`(?<![\\w-])${name.replaceAll('.', '\\.')}(?![\\w-])`).test(planned) : planned.includes(name);
	const made = new Set(calls.flatMap(namesMade));
	// A budget or a policy speaks of a workload by the labels of its pods.
	const isSelected = (object: KubeObject) => {
		const labels = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels'));
		return labels.length > 0 && labels.every(([key, value]) => planned.includes(`${key}: ${String(value)}`));
	};
	for (const part of parts.length < 2 ? [] : parts) {
		const clause = clauseOf(part);
		// What it asks for is made: `the shop needs a robots.txt`.
		if (clause.words.every(({raw}) => /[가-힣]/.test(raw) || planned.includes(raw)) || clause.words.some(({raw}) => made.has(raw)))
			continue;
		// `a cache for x: memcached:1.6`: what runs the image is planned.
		if (imagesIn(clause).some(({image}) => planned.includes(image))) continue;
		if (
			isQuestion(clause) ||
			((!mayOrder(part) || isBackground(part)) && !sameAgain.test(part.trim())) ||
			purpose.test(part) ||
			clause.words.length < 2
		)
			continue;
		if (likens.test(part)) continue;
		const {mentions} = await mentionsIn(clause, world, acted);
		if (mentions.length > 0 && mentions.every(mention => !isSaid(mention) && !mention.objects.some(isSelected))) return part;
	}
	return undefined;
}

/** `the label role=client like those of web`: what is said outright beside what it is like. */
const likens = /=\S+ (?:just |exactly )?(?:like|as) (?:those|that|these|the (?:one|pods|label)s?|it is|they are|on|with|in)\b/i;

/** `To see what the shop sees, …` */
const purpose = /^\s*(?:in order )?to (?!be\b)[a-z]+\b/i;
