import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {pointingAt} from '../../../mcp/kubernetes/model/pointing-at.ts';
import type {Clause} from '../clause.ts';
import {workloadKinds} from '../names/kinds-in.ts';
import {type Mention, mentionsIn} from '../names/mentions-in.ts';
import {foundThing, sameThing} from '../names/same-thing.ts';
import {theOne} from '../names/the-one.ts';
import type {Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hostOf} from '../words/values.ts';
import type {World} from '../world.ts';

/** `db:5432` is of db. */
export const withoutPorts = (clause: Clause): Clause => {
	const text = clause.text.replaceAll(/(?<![\w./-])([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*):\d{2,5}(?![\w-]|\.\w)/g, '$1');
	return text === clause.text ? clause : clauseOf(text);
};

/** Kinds that may be sick, those first that tell most where several share a name. */
const sickKinds: readonly string[] = [
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'CronJob',
	'Job',
	'Service',
	'HorizontalPodAutoscaler',
	'Ingress',
	'PersistentVolumeClaim',
	'PodDisruptionBudget',
];

/** `the web pods` are of web: pods and nodes are found by their own names, where nothing else is. */
const byFullName: readonly string[] = ['Pod', 'Node'];

export type Subject =
	| {readonly found: 'one'; readonly object: KubeObject}
	| {readonly found: 'several'; readonly question: Extract<Understanding, {kind: 'question'}>}
	| {readonly found: 'none'};

/** What a clause says is sick; where it names nothing, what the clauses before it name. */
export async function subjectOf(clause: Clause, world: World, talk: Talk): Promise<Subject> {
	const whole = [clause, ...talk.clauses.slice(0, talk.index).toReversed()];
	for (const each of whole) {
		const addressed = await byAddress(each, world);
		if (addressed !== undefined) return {found: 'one', object: addressed};
		for (const said of [each, withoutPart(each)])
			for (const kinds of [sickKinds, byFullName]) {
				const found = foundThing(await theOne(said, world, kinds, talk), kinds);
				if (found.found !== 'none') return found;
			}
		const set = await byClaim(each, world);
		if (set !== undefined) return {found: 'one', object: set};
	}
	return {found: 'none'};
}

/** `data-db-0`: a claim that a set makes for one of its pods, whether it is there yet or not. */
async function byClaim({words}: Clause, world: World): Promise<KubeObject | undefined> {
	const sets = await world.objects('StatefulSet');
	return sets.find(({metadata, spec}) =>
		listAt(spec, 'volumeClaimTemplates').some(template =>
			words.some(({text}) => new RegExp(`^${textAt(template, 'metadata', 'name')}-${metadata.name}-\\d+$`).test(text)),
		),
	);
}

/** `the claim of db`, `db의 볼륨 클레임`: what is named is the workload. */
const withoutPart = ({text}: Clause): Clause =>
	clauseOf(
		text.replace(/\b(?:persistent )?(?:volume )?claims?(?: (?:of|for))?\b|\bpvcs?(?: (?:of|for))?\b|의?\s?(?:볼륨\s?)?클레임/gi, ' '),
	);

/** `shop.example.com` is the Ingress of that host, `db.shop` and `db.shop.svc` the Service. */
async function byAddress({words}: Clause, world: World): Promise<KubeObject | undefined> {
	const hosts = words.flatMap(word => hostOf(word)?.host ?? []);
	const ingresses = await world.objects('Ingress');
	const ingress = ingresses.find(each => listAt(each, 'spec', 'rules').some(rule => hosts.includes(textAt(rule, 'host') ?? '-')));
	if (ingress !== undefined) return ingress;
	const services = await world.objects('Service');
	return services.find(({metadata}) =>
		words.some(
			({text}) => text === `${metadata.name}.${metadata.namespace}` || text.startsWith(`${metadata.name}.${metadata.namespace}.svc`),
		),
	);
}

/** A request as one clause: a complaint and the wish to mend it may stand in two sentences. */
export const wholeClause = (clause: Clause, talk: Talk): Clause =>
	talk.index === 0
		? clause
		: clauseOf(
				talk.clauses
					.slice(0, talk.index + 1)
					.map(({text}) => text)
					.join(' '),
			);

const clientKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'] as const;

/** Who cannot reach the subject, where the request names somebody else as well: `web cannot reach db`. */
export async function clientOf(clause: Clause, subject: KubeObject, world: World): Promise<KubeObject | undefined> {
	const {mentions} = await mentionsIn(clause, world, clientKinds);
	return mentions.flatMap(({objects}) => objects).find(object => object.metadata.name !== subject.metadata.name);
}

/** `reaches db`, `times out on db`, `db에 접속`. */
const isReached = (name: string) => {
	const plain = name.replaceAll('.', '\\.');
	return new RegExp(
		`\\b(?:reach\\w*|to|onto|towards?|(?:time\\w*(?: out)?|timeouts?|errors?|refused|hangs?|stuck|fails?) (?:on|against|at)|(?:away|timeouts?|errors?|answers?|nothing|refused|blocked|cut off|locked out) (?:from|of)) (?:the )?${plain}(?![\\w-]|['’]s (?:side|end))|${plain}(?::\\d+)?\\s?(?:에|로|으로|한테)\\s?(?:접속|연결|접근|통신|붙|요청|못|안|가)`,
		'i',
	);
};

/** Of two that are named, the one that cannot be reached: behind the verb, unless it is said `from` whom. */
export async function serverOf(clause: Clause, world: World): Promise<KubeObject | undefined> {
	const {mentions} = await mentionsIn(clause, world, [...clientKinds, 'Service']);
	const names = [...new Map(mentions.map(mention => [mention.name, mention])).values()];
	if (names.length < 2) return behindPolicy(clause, world);
	const isFrom = ({first, name}: Mention) =>
		/^(from|by|for)$/.test(clause.words[first - 1]?.text ?? '') ||
		new RegExp(
			`${name.replaceAll('.', '\\.')}\\s*(에서|에서는|한테서)|\\b(?:shuts?|locks?|keeps?|cuts?|bars?) (?:the )?${name.replaceAll('.', '\\.')} (?:out|off|away)\\b`,
		).test(clause.text);
	const said = names.find(({name}) => isReached(name).test(clause.text));
	const server = said ?? names.toReversed().find(mention => !isFrom(mention));
	return server === undefined ? undefined : (sameThing(server.objects, sickKinds) ?? server.objects[0]);
}

/** `policy db-clients keeps web away`: the one workload that a policy by name guards. */
async function behindPolicy(clause: Clause, world: World): Promise<KubeObject | undefined> {
	const {mentions} = await mentionsIn(clause, world, ['NetworkPolicy']);
	const [policy, ...others] = new Set(mentions.flatMap(({objects}) => objects));
	if (policy === undefined || others.length > 0) return undefined;
	const workloads = (await Promise.all(workloadKinds.map(kind => world.objects(kind, policy.metadata.namespace)))).flat();
	const guarded = workloads.filter(workload => pointingAt(workload, [policy]).length > 0);
	return guarded.length === 1 ? guarded[0] : undefined;
}
