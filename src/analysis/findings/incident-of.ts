import type {Finding} from '../../core/finding.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {type Case, caseOf, isReady, type Scene} from '../diagnosis/case.ts';
import type {Cause} from '../diagnosis/cause.ts';
import {unseenIn} from '../diagnosis/causes-of.ts';
import {containerStates, onePerContainer} from '../diagnosis/container-state.ts';
import {crashingContainers} from '../diagnosis/crash-causes.ts';
import {causeFinding, readyText, saidOf, severityOf, sickFindings} from './sick-findings.ts';
import {type Sick, sicknessOf} from './sick-in.ts';

/** One thing that does not work, traced back to where it began. */
export type Traced = {
	readonly title: string;
	/** ISO 8601, UTC; missing where nobody saw it begin. */
	readonly since: string | undefined;
	readonly chain: readonly Finding[];
	readonly others: readonly Finding[];
	/** How it is, in one line. */
	readonly state: string;
	/** Containers whose last words are worth reading. */
	readonly crashing: readonly {readonly pod: string; readonly container: string}[];
};

const onPods = new Set(['Service', 'Ingress']);

/** More neighbours than this are not looked at one by one. */
const mostNeighbours = 12;
const mostPods = 3;

const evidenceOf = (pod: KubeObject) => {
	const [state] = onePerContainer(containerStates([pod]).filter(({ready}) => !ready));
	const word = state?.reason || state?.ended || textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase') || 'not ready';
	return {
		source: refText(refOf(pod)),
		detail: oneLine([word, ...(state === undefined ? [] : [`${count(state.restarts, 'restart')}`])].join(', ')),
	};
};

const link = (id: string, severity: Finding['severity'], object: KubeObject, cause: string, evidence: Finding['evidence']): Finding => ({
	id,
	status: 'fail',
	severity,
	resource: refOf(object),
	cause: oneLine(cause),
	evidence,
});

/** What somebody sees of a sick object from outside. */
function symptomOf(sick: Sick): Finding {
	const said = readyText(sick) ?? (saidOf(sick) || sick.causes[0]?.cause.en || `It is ${sick.health.status.toLowerCase()}`);
	const detail = `${sick.health.status}${saidOf(sick) === '' ? '' : `: ${saidOf(sick)}`}`;
	return link('symptom', severityOf(sick), sick.object, said, [{source: `status of ${refText(refOf(sick.object))}`, detail}]);
}

/** Nobody is behind a Service or an Ingress: that is what people notice. */
function unservedLink({target, pods}: Case): readonly Finding[] {
	const ready = pods.filter(isReady).length;
	if (!onPods.has(target.kind) || ready > 0) return [];
	const said = pods.length === 0 ? 'No pod stands behind it' : `None of the ${count(pods.length, 'pod')} behind it is ready`;
	return [link('nobody-answers', 'critical', target, said, pods.slice(0, mostPods).map(evidenceOf))];
}

function podsLink({pods, target}: Case, severity: Finding['severity']): readonly Finding[] {
	const unready = pods.filter(pod => !isReady(pod));
	const [first] = unready;
	if (first === undefined || target.kind === 'Pod') return [];
	const words = [...new Set(unready.map(pod => evidenceOf(pod).detail.split(',')[0] ?? ''))];
	const said = `${unready.length} of ${count(pods.length, 'pod')} ${unready.length === 1 ? 'is' : 'are'} not ready: ${someOf(words)}`;
	return [link('pods-not-ready', severity, first, said, unready.slice(0, mostPods).map(evidenceOf))];
}

const sameCause = (one: Cause, other: Cause) => one.id === other.id && refKey(one.resource) === refKey(other.resource);

const unexplained = (object: KubeObject, severity: Finding['severity']) =>
	link('cause-not-found', severity, object, 'Nothing that was looked at says why', []);

/** When the first of its pods stopped being ready, or it itself stopped being available. Of what ends again and again only the last end is known. */
function sinceOf({pods, workload}: Case): string | undefined {
	if (containerStates(pods).some(({restarts}) => restarts > 0)) return undefined;
	const times = [...pods, ...(workload === undefined ? [] : [workload])].flatMap(object =>
		listAt(object, 'status', 'conditions')
			.filter(each => ['Ready', 'Available'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') !== 'True')
			.flatMap(each => textAt(each, 'lastTransitionTime') ?? []),
	);
	return times.toSorted()[0];
}

/** The objects that an object leans on, or that lean on it, and are no part of it. */
function neighbours({services, scalers, budgets, claims, ingresses, pods, workload, target, scene}: Case): readonly KubeObject[] {
	const nodes = new Set(pods.flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? []));
	const onNodes = scene.objects.filter(({kind, metadata}) => kind === 'Node' && nodes.has(metadata.name));
	const all = [...(workload === undefined ? [] : [workload]), ...services, ...ingresses, ...scalers, ...budgets, ...claims, ...onNodes];
	return [...new Set(all)].filter(each => each !== target && each.kind !== 'Pod');
}

const well = (object: KubeObject): Finding => ({
	id: 'nothing-found',
	status: 'pass',
	severity: 'low',
	resource: refOf(object),
	evidence: [],
	cause: 'No fault shows in it',
});

function around(given: Case, told: readonly Cause[], nowMs: number): readonly Finding[] {
	const near = neighbours(given).slice(0, mostNeighbours);
	const sick = near.map(object => ({object, found: sicknessOf(object, given.scene, nowMs)}));
	const findings = sickFindings(sick.flatMap(({found}) => found ?? []));
	const others = findings.filter(
		({id, resource}) => !told.some(cause => cause.id === id && resource !== undefined && refKey(cause.resource) === refKey(resource)),
	);
	return [...others, ...sick.flatMap(({object, found}) => (found === undefined ? [well(object)] : []))];
}

/** Of a node nobody asks the machine itself. */
const ofMachine = [{en: 'Not looked at: the machine itself and its kubelet'}];

const unseen = (given: Case): readonly Finding[] =>
	(given.target.kind === 'Node' ? ofMachine : unseenIn(given)).map(({en}) => ({
		id: 'not-looked-at',
		status: 'not-checked',
		severity: 'low',
		evidence: [],
		cause: en,
		why: en.replace(/^Not looked at: /, ''),
	}));

/** What is sick: the object itself, and behind a Service or an Ingress the workload that answers. */
function sickAlong(given: Case, nowMs: number): readonly Sick[] {
	const {target, workload, scene} = given;
	const along = [
		target,
		...(workload !== undefined && workload !== target && (onPods.has(target.kind) || target.kind === 'Pod') ? [workload] : []),
	];
	return along.flatMap(object => sicknessOf(object, scene, nowMs) ?? []);
}

/** Traces what is wrong with an object of a scene: what shows, what that comes from, and what stands around it. */
export function incidentOf(target: KubeObject, scene: Scene, nowMs: number): Traced {
	const given = caseOf(target, scene);
	const sick = sickAlong(given, nowMs);
	const found = sick.flatMap(({causes}) => causes);
	const causes = found.filter((cause, index) => found.findIndex(other => sameCause(cause, other)) === index);
	const [root, ...more] = causes;
	const severity = sick.map(severityOf)[0] ?? 'medium';
	const shown = [
		...unservedLink(given).filter(() => sick.length > 0),
		...sick.map(symptomOf),
		...(sick.length > 0 ? podsLink(given, severity) : []),
	];
	const symptoms = shown.filter(
		({cause, resource}) => root === undefined || cause !== oneLine(root.cause.en) || resource?.name !== root.resource.name,
	);
	const end = root === undefined ? (symptoms.length === 0 ? [] : [unexplained(target, severity)]) : [causeFinding(root, severity)];
	const chain = [...symptoms, ...end];
	const name = refText(refOf(target));
	const state =
		chain.length === 0
			? wellText(given)
			: [symptoms[0]?.cause, root?.cause.en]
					.filter(text => text !== undefined)
					.map(oneLine)
					.join('; ');
	return {
		title: titled(name, chain[0]?.cause ?? wellText(given)),
		since: chain.length === 0 ? undefined : sinceOf(given),
		chain,
		others: [...more.map(cause => causeFinding(cause, severity)), ...around(given, causes, nowMs), ...unseen(given)],
		state,
		crashing: causes.some(({id}) => id === 'crashes') ? crashingContainers(given) : [],
	};
}

/** Many causes begin with the name of what they are about. */
const titled = (name: string, text: string) => (text.startsWith(name) ? text : `${name}: ${text}`);

function wellText({pods, workload}: Case): string {
	const ready = workload === undefined || pods.length === 0 ? '' : `${pods.filter(isReady).length} of ${count(pods.length, 'pod')} ready, `;
	return `${ready}nothing is found wrong`;
}
