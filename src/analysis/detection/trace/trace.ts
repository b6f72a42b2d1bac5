import type {Finding} from '../../../core/finding.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {type Case, caseOf} from '../../diagnosis/case.ts';
import type {Unseen} from '../../diagnosis/cause.ts';
import {unseenIn} from '../../diagnosis/causes-of.ts';
import {crashingContainers} from '../../diagnosis/crash-causes.ts';
import type {Detection} from '../detect.ts';
import type {Incident} from '../incident.ts';
import {sicknessOf} from '../sick/sick-in.ts';
import type {Survey} from '../survey.ts';
import {type Along, explaining, hits, liesIn} from './explaining.ts';
import {signsOf, sinceOf, wellText} from './signs-of.ts';

/** One object, traced from what shows to where it began. */
export type Trace = {
	/** What shows that it is not well, from what people notice to what its pods say. */
	readonly signs: readonly Finding[];
	/** What explains it, the most direct first. */
	readonly roots: readonly Incident[];
	/** What else is wrong with what stands around it, or could hit it. */
	readonly beside: readonly Incident[];
	/** What stands around it and shows no fault. */
	readonly well: readonly Ref[];
	/** What changed a moment ago and is not well yet: it itself, and what stands around it. */
	readonly onTheirWay: Detection['onTheirWay'];
	readonly unseen: readonly Unseen[];
	/** ISO 8601, UTC; missing where nobody saw it begin. */
	readonly since: string | undefined;
	/** How it is where nothing is found wrong, in one line. */
	readonly wellText: string;
	/** Containers whose last words are worth reading. */
	readonly crashing: readonly {readonly pod: string; readonly container: string}[];
};

/** Who is served, or kept, by a workload. */
const leansOnWorkload = new Set(['Service', 'Ingress', 'Pod']);

/** More neighbours than this are not looked at one by one. */
const mostNeighbours = 12;

/** The objects that an object leans on, or that lean on it, and are no part of it. */
function neighbours({services, scalers, budgets, claims, ingresses, pods, workload, target, scene}: Case): readonly Ref[] {
	const nodes = new Set(pods.flatMap(pod => textAt(pod, 'spec', 'nodeName') ?? []));
	const onNodes = scene.objects.filter(({kind, metadata}) => kind === 'Node' && nodes.has(metadata.name));
	const all = [...(workload === undefined ? [] : [workload]), ...services, ...ingresses, ...scalers, ...budgets, ...claims, ...onNodes];
	return [...new Set(all)]
		.filter(each => each !== target && each.kind !== 'Pod')
		.slice(0, mostNeighbours)
		.map(refOf);
}

/** Of a node nobody asks the machine itself. */
const ofMachine: readonly Unseen[] = [
	{en: 'Not looked at: the machine itself and its kubelet', ko: '살펴보지 않은 것: 노드 기계 자체와 kubelet'},
];

/** Traces how one object is through everything that was detected. */
export function traceOf(target: KubeObject, survey: Survey, {incidents, onTheirWay}: Detection): Trace {
	const scene = survey.scene(target.metadata.namespace ?? '');
	const given = caseOf(target, scene);
	const {workload} = given;
	const behind = workload !== undefined && workload !== target && leansOnWorkload.has(target.kind) ? [workload] : [];
	const sick = [target, ...behind].flatMap(object => sicknessOf(object, scene, survey.nowMs) ?? []);
	const along: Along = [refOf(target), ...behind.map(refOf)];
	const roots = explaining(incidents, along, sick.length > 0);
	const near = neighbours(given);
	const others = incidents.filter(incident => !roots.includes(incident));
	const around = new Set([...along, ...near].map(refKey));
	const waiting = onTheirWay.filter(({ref}) => around.has(refKey(ref)));
	const isWaiting = (ref: Ref) => waiting.some(each => refKey(each.ref) === refKey(ref));
	return {
		signs: signsOf(given, sick),
		roots,
		beside: others.filter(incident => liesIn(incident, near) || hits(incident, along[0])),
		well: near.filter(ref => !incidents.some(incident => liesIn(incident, [ref])) && !isWaiting(ref)),
		onTheirWay: waiting,
		unseen: target.kind === 'Node' ? ofMachine : unseenIn(given),
		since: sick.length === 0 && roots.length === 0 ? undefined : sinceOf(given),
		wellText: wellText(given),
		crashing: roots.some(({cause}) => cause.id === 'crashes') ? crashingContainers(given) : [],
	};
}
