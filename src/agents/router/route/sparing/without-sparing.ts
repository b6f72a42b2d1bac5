import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {speaksOfCanary} from '../../change/canary/canary-words.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn, workloadKinds} from '../../names/kinds-in.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import type {Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {givesOrder} from '../../words/mood/mood-of.ts';
import {creating, hasOrder} from '../../words/order-verbs.ts';
import {spoken} from '../../words/spoken.ts';
import type {World} from '../../world.ts';
import {isChanging} from '../is-changing.ts';
import {isQuestion, namedKinds} from '../ordered.ts';
import {ofSameName} from '../spared.ts';
import {unsure} from '../unsure.ts';
import {understoodWithout} from '../without-spared.ts';
import {isTouched, type Protection} from './protection.ts';
import {sparingIn} from './sparing-in.ts';
import {worldWithout} from './world-without.ts';

type Understand = (request: string, world: World) => Promise<readonly Understanding[]>;

/**
 * What a request means that says of some things, in parts of their own, that they stay: the rest of it, in a cluster where they are not. A plan that
 * touches them all the same is a question. Undefined: no part says so.
 */
export async function withoutSparing(clause: Clause, world: World, understand: Understand): Promise<readonly Understanding[] | undefined> {
	// The pods that a canary stands beside are told because they say which they are.
	if (stablePods.test(clause.text) && speaksOfCanary(clause)) return undefined;
	const asked = isQuestion(clause);
	const sparing = await sparingIn(clause, world);
	if (sparing === undefined || (asked && sparing === 'unclear')) return undefined;
	if (sparing === 'unclear') return [unsure(clause, clause.text)];
	const {rest, protections, said} = sparing;
	const order = await ofSameName(clauseOf(rest), wholeObjects(protections), world);
	if (!asked && !(hasOrder(order.words) || givesOrder(order.text))) return undefined;
	const understood = !asked && (await isAlone(order, world)) ? await understoodOf(order, protections, world, understand) : [];
	// What was an order beside the words that are gone may look like a question without them.
	const read = understood.every(({kind}) => kind === 'answer') ? await understand(clause.text, world) : understood;
	const calls = read.flatMap(one => (one.kind === 'calls' ? one.calls.filter(isChanging) : []));
	return calls.some(call => protections.some(protection => isTouched(call, protection))) ? [unsure(clause, said)] : read;
}

async function understoodOf(
	order: Clause,
	protections: readonly Protection[],
	world: World,
	understand: Understand,
): Promise<readonly Understanding[]> {
	const isAsked = (read: readonly Understanding[]) => read.some(({kind}) => kind === 'question');
	const alone = await understand(order.text, worldWithout(world, hiddenBy(protections, order)));
	if (!isAsked(alone)) return alone;
	const among = await understand(order.text, world);
	if (!isAsked(among)) return among;
	const objects = wholeObjects(protections);
	if (objects.length === 0 || creating(order.words)) return alone;
	return (await understoodWithout({objects, rest: order}, order, world, (text, seen = world) => understand(text, seen))) ?? alone;
}

const wholeObjects = (protections: readonly Protection[]) => protections.flatMap(({parts, objects}) => (parts.length === 0 ? objects : []));

/** Whether an order says what it is about. */
const isAlone = async (order: Clause, world: World) =>
	(!pointsByKind.test(order.text) && (!points.test(order.text) || kindsIn(order).length > 0)) ||
	(await mentionsIn(order, world, namedKinds)).mentions.length > 0;

const stablePods =
	/\b(?:current|existing|stable|present)\b[^,;.]*\b(?:pods?|replicas?|instances?|ones)\b|(?:기존|현재|지금|원래)[^,.]*(?:\d+\s?(?:개|대)|파드|레플리카)/i;

/** What is pointed at may be what was spared. */
const points = /\b(?:its?|them|their|that one|there)\b/i;
const pointsByKind =
	/\b(?:that|this|the same|those|these) (?:service|deployment|statefulset|daemonset|config ?map|secret|workload|ingress|node|claim|job|cron ?job|pods?)s?\b/i;

/** What the order itself names is needed to understand it. */
function hiddenBy(protections: readonly Protection[], order: Clause): (object: KubeObject) => boolean {
	const words = new Set(order.words.map(({text}) => text));
	const whole = protections.filter(({parts, namespaces}) => parts.length === 0 || namespaces.length > 0);
	const objects = new Set(whole.flatMap(one => one.objects).filter(({metadata}) => !words.has(metadata.name)));
	const namespaces = new Set(
		whole
			.filter(({kinds}) => kinds.length === 0)
			.flatMap(one => one.namespaces)
			.filter(name => !words.has(name)),
	);
	const isGroup = spoken(order, 'all every everything each both 모두 전부 모든 다 싹');
	const kinds = new Set(
		whole
			.filter(({namespaces: inside, isRest}) => isGroup && inside.length === 0 && !isRest)
			.flatMap(one => one.kinds)
			.filter(kind => (workloadKinds as readonly string[]).includes(kind)),
	);
	return ({kind, metadata}) =>
		kinds.has(kind) ||
		namespaces.has(metadata.namespace ?? (kind === 'Namespace' ? metadata.name : '')) ||
		[...objects].some(
			object => object.kind === kind && object.metadata.name === metadata.name && object.metadata.namespace === metadata.namespace,
		);
}
