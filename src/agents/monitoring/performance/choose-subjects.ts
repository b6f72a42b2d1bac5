import type {Graph} from '../../../analysis/detection/graph/dependents.ts';
import type {Survey} from '../../../analysis/detection/survey.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type KubeObject, type Ref, refKey, refOf} from '../../../core/kube/kube-object.ts';
import {namesLately} from '../../series/lately.ts';
import type {Subject} from '../metrics/subject.ts';
import type {Pods} from './reader.ts';

/** What serves; jobs come to an end by themselves. */
const serving = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function subjectOf(workload: KubeObject, survey: Survey): readonly Pods[] {
	const pods = survey.podsOf(workload);
	const {namespace = ''} = workload.metadata;
	return pods.length === 0 ? [] : [{kind: 'pods', ref: refOf(workload), namespace, pods, names: namesLately(pods)}];
}

/** Everything of a namespace that serves and has pods. */
export const subjectsIn = (survey: Survey, namespace: string): readonly Pods[] =>
	survey
		.workloads(namespace)
		.filter(({kind}) => serving.has(kind))
		.flatMap(workload => subjectOf(workload, survey));

/** @throws MkcoaError `no-pods` for nodes, which `monitor metrics` shows */
export function demandPods(subject: Subject): Pods {
	if (subject.kind === 'pods') return subject;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-pods',
		what: 'Nodes serve no requests',
		next: `Name a workload, a Service or a pod; how full nodes are tells: mkcoa monitor metrics${subject.ref === undefined ? '' : ` node/${subject.ref.name}`}`,
	});
}

/** What serves behind the Services that a workload's settings name. */
export function askedBy(ref: Ref, {survey, graph}: {readonly survey: Survey; readonly graph: Graph}): readonly Pods[] {
	const behind = graph
		.supportsOf(ref)
		.filter(({steps, by, ref: {kind}}) => steps <= 2 && by.kind === 'Service' && serving.has(kind))
		.flatMap(reached => survey.find(reached.ref.kind, reached.ref.namespace, reached.ref.name) ?? []);
	return behind.filter(object => refKey(refOf(object)) !== refKey(ref)).flatMap(workload => subjectOf(workload, survey));
}
