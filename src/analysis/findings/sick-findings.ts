import type {Finding, FoundRemedy} from '../../core/finding.ts';
import {refKey, refOf, refText} from '../../core/kube/kube-object.ts';
import {count, someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Cause, Remedy} from '../diagnosis/cause.ts';
import type {Sick} from './sick-in.ts';

type Severity = Finding['severity'];

/** Of what runs no pods of its own, or ends by itself. */
const severities: {readonly [kind: string]: Severity} = {
	Node: 'high',
	Service: 'high',
	Ingress: 'high',
	HorizontalPodAutoscaler: 'medium',
	PersistentVolumeClaim: 'medium',
	PodDisruptionBudget: 'low',
	Namespace: 'low',
};

/** A workload by how many of its pods serve: none is worst, and while the old ones all do, nobody notices yet. */
export function severityOf({object: {kind}, pods}: Sick): Severity {
	if (pods === undefined) return severities[kind] ?? 'medium';
	if (pods.wanted > 0 && pods.ready === 0) return 'critical';
	return pods.ready < pods.wanted ? 'high' : 'medium';
}

const gravity: readonly Severity[] = ['low', 'medium', 'high', 'critical'];
const graver = (one: Severity, other: Severity) => (gravity.indexOf(one) >= gravity.indexOf(other) ? one : other);

const foundRemedy = ({tool, input, text}: Remedy): FoundRemedy => ({tool, input, text: oneLine(text.en)});

/** The remedies of a cause as a person is offered them. */
function offered(cause: Pick<Cause, 'remedies'>): Pick<Finding, 'remedy' | 'choices'> {
	const remedies = cause.remedies.filter(({writes}) => writes === undefined);
	const sure = remedies.filter(each => each.sure);
	const one = remedies.length === 1 ? remedies[0] : sure.length === 1 ? sure[0] : undefined;
	return {
		...(one === undefined ? {} : {remedy: foundRemedy(one)}),
		...(remedies.length > 1 ? {choices: remedies.map(foundRemedy)} : {}),
	};
}

/** A cause as a failed finding: words of the cluster stay on their line. */
export const causeFinding = (cause: Cause, severity: Severity): Finding => ({
	id: cause.id,
	status: 'fail',
	severity,
	resource: cause.resource,
	evidence: cause.evidence.map(({source, detail}) => ({source: oneLine(source), detail: oneLine(detail)})),
	cause: oneLine(cause.cause.en),
	...offered(cause),
});

/** `1 of 3 pods are ready` */
export const readyText = ({pods}: Pick<Sick, 'pods'>) =>
	pods === undefined ? undefined : `${pods.ready} of ${count(pods.wanted, 'pod')} ${pods.wanted === 1 ? 'is' : 'are'} ready`;

/** What an object says of itself, where it says more than a word. */
export const saidOf = ({health}: Pick<Sick, 'health'>) => oneLine(health.message).slice(0, 300);

/** Of how many pods are ready, a workload says no more than its pods do. */
const fallback = (sick: Sick) => readyText(sick) ?? (saidOf(sick) || `It is ${sick.health.status.toLowerCase()}`);

/** A failure that is told in words needs no other reason. */
const isTold = (sick: Sick) => readyText(sick) === undefined && sick.health.status === 'Degraded' && saidOf(sick) !== '';

function unexplained(sick: Sick): Finding {
	const {object, health} = sick;
	const said = saidOf(sick);
	return {
		id: 'cause-not-found',
		status: 'fail',
		severity: severityOf(sick),
		resource: refOf(object),
		evidence: [{source: `status of ${refText(refOf(object))}`, detail: `${health.status}${said === '' ? '' : `: ${said}`}`}],
		cause: isTold(sick) ? fallback(sick) : `${fallback(sick)}, and nothing that was looked at says why`,
	};
}

/** Whether it becomes well nobody can tell yet. */
function waiting(sick: Sick): Finding {
	return {
		id: 'on-its-way',
		status: 'not-checked',
		severity: 'low',
		resource: refOf(sick.object),
		evidence: sick.causes.map(({cause}) => ({source: refText(refOf(sick.object)), detail: oneLine(cause.en)})),
		cause: `It is on its way: ${fallback(sick)}`,
		why: `it changed within the last 5 minutes and is still on its way: ${fallback(sick)}`,
	};
}

/** A finding, and what else the same one cause is told by. */
type Told = {readonly finding: Finding; readonly key: string; readonly lacks?: string | undefined};

const byItself = (finding: Finding): Told => {
	const {id, resource, cause} = finding;
	return {finding, key: `${id} ${resource === undefined ? '' : refKey(resource)} ${cause}`};
};

/** Who lacks the same thing is mended in one go, unless each has a remedy of its own. */
const byLack = (finding: Finding, {id, lacks, remedies}: Cause): Told =>
	lacks === undefined ? byItself(finding) : {finding, lacks, key: `${id} ${lacks} ${JSON.stringify(remedies.map(({input}) => input))}`};

/** One finding for each object that the causes of a sick one lie in: the first cause, with the others among its evidence. */
function ofOne(sick: Sick): readonly Told[] {
	if (sick.isOnItsWay) return [byItself(waiting(sick))];
	if (sick.causes.length === 0) return [byItself(unexplained(sick))];
	const severity = severityOf(sick);
	const ready = readyText(sick);
	const seenOn = ready === undefined ? [] : [{source: refText(refOf(sick.object)), detail: ready}];
	return [...Map.groupBy(sick.causes, ({resource}) => refKey(resource)).values()].flatMap(([first, ...others]) => {
		if (first === undefined) return [];
		const finding = causeFinding(first, severity);
		const also = others.map(({cause}) => ({source: 'found as well', detail: oneLine(cause.en)}));
		return [byLack({...finding, evidence: [...finding.evidence, ...also, ...seenOn]}, first)];
	});
}

/** More things than this that one cause made sick are counted. */
const mostEvidence = 12;

function joined(group: readonly [Told, ...Told[]]): Finding {
	const [{finding: first, lacks}] = group;
	const findings = group.map(({finding}) => finding);
	const evidence = findings.flatMap(each => each.evidence);
	const unique = [...new Map(evidence.map(each => [`${each.source} ${each.detail}`, each])).values()];
	const more = unique.length - mostEvidence;
	const shown = more > 0 ? [...unique.slice(0, mostEvidence), {source: 'and more', detail: `${more} left out`}] : unique;
	const names = findings.flatMap(({resource}) => (resource === undefined ? [] : refText(resource)));
	const own = new Set(names).size > 1 && lacks !== undefined ? {cause: `${lacks} is not there, and ${someOf(names)} need it`} : {};
	return {...first, ...own, severity: findings.reduce((worst, {severity}) => graver(worst, severity), first.severity), evidence: shown};
}

/** What is wrong, the symptoms of one cause joined: pods under their workload, and what one lost node takes down under that node. */
export function sickFindings(sick: readonly Sick[]): readonly Finding[] {
	const groups = Map.groupBy(sick.flatMap(ofOne), ({key}) => key);
	return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [joined([first, ...others])]));
}
