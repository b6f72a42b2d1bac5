import type {Finding} from '../../../core/finding.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {type Case, isReady} from '../../diagnosis/case.ts';
import {containerStates, onePerContainer} from '../../diagnosis/container-state.ts';
import type {Sick} from '../sick/sick-in.ts';
import {saidOf, severityOf, stateText} from '../sick/sick-words.ts';

const onPods = new Set(['Service', 'Ingress']);

/** More pods than this are counted. */
const mostPods = 3;

const evidenceOf = (pod: KubeObject) => {
	const [state] = onePerContainer(containerStates([pod]).filter(({ready}) => !ready));
	const word = state?.reason || state?.ended || textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase') || 'not ready';
	return {
		source: refText(refOf(pod)),
		detail: oneLine([word, ...(state === undefined ? [] : [`${count(state.restarts, 'restart')}`])].join(', ')),
	};
};

const sign = (id: string, severity: Finding['severity'], object: KubeObject, cause: string, evidence: Finding['evidence']): Finding => ({
	id,
	status: 'fail',
	severity,
	resource: refOf(object),
	cause: oneLine(cause),
	evidence,
});

/** What somebody sees of a sick object from outside. */
function symptomOf(sick: Sick): Finding {
	const {object, health} = sick;
	const detail = `${health.status}${saidOf(sick) === '' ? '' : `: ${saidOf(sick)}`}`;
	return sign('symptom', severityOf(sick), object, stateText(sick), [{source: `status of ${refText(refOf(object))}`, detail}]);
}

/** Nobody is behind a Service or an Ingress: that is what people notice. */
function unserved({target, pods}: Case): readonly Finding[] {
	const ready = pods.filter(isReady).length;
	if (!onPods.has(target.kind) || ready > 0) return [];
	const said = pods.length === 0 ? 'No pod stands behind it' : `None of the ${count(pods.length, 'pod')} behind it is ready`;
	return [sign('nobody-answers', 'critical', target, said, pods.slice(0, mostPods).map(evidenceOf))];
}

function unreadyPods({pods, target}: Case, severity: Finding['severity']): readonly Finding[] {
	const unready = pods.filter(pod => !isReady(pod));
	const [first] = unready;
	if (first === undefined || target.kind === 'Pod') return [];
	const words = [...new Set(unready.map(pod => evidenceOf(pod).detail.split(',')[0] ?? ''))];
	const said = `${unready.length} of ${count(pods.length, 'pod')} ${unready.length === 1 ? 'is' : 'are'} not ready: ${someOf(words)}`;
	return [sign('pods-not-ready', severity, first, said, unready.slice(0, mostPods).map(evidenceOf))];
}

/** Whether an object itself says that it is not well; of others only a cause does. */
const speaks = ({health, pods}: Sick) => pods !== undefined || health.status !== 'Healthy';

/** What shows that an object, or what stands for it, is sick: from what people notice to what its pods say. */
export function signsOf(given: Case, sick: readonly Sick[]): readonly Finding[] {
	const [first] = sick;
	return first === undefined ? [] : [...unserved(given), ...sick.filter(speaks).map(symptomOf), ...unreadyPods(given, severityOf(first))];
}

/** When the first of its pods stopped being ready, or it itself stopped being available. Of what ends again and again only the last end is known. */
export function sinceOf({pods, workload}: Case): string | undefined {
	if (containerStates(pods).some(({restarts}) => restarts > 0)) return undefined;
	const times = [...pods, ...(workload === undefined ? [] : [workload])].flatMap(object =>
		listAt(object, 'status', 'conditions')
			.filter(each => ['Ready', 'Available'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') !== 'True')
			.flatMap(each => textAt(each, 'lastTransitionTime') ?? []),
	);
	return times.toSorted()[0];
}

/** How an object is that nothing is found wrong with. */
export function wellText({pods, workload}: Case): string {
	const ready = workload === undefined || pods.length === 0 ? '' : `${pods.filter(isReady).length} of ${count(pods.length, 'pod')} ready, `;
	return `${ready}nothing is found wrong`;
}
