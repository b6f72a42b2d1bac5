import {listAt, numberAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import {age} from '../../core/text/age.ts';
import type {Happening} from './happening.ts';

/** Steps of every start: told where they are not taken. */
const steps = new Set(['Initialized', 'PodScheduled']);
/** Ready tells the same. */
const doubled = new Set(['ContainersReady', 'PodReadyToStartContainers']);

/** Conditions whose truth is the trouble. */
const troubles = /pressure|unavailable|failure|failed|dangling|disruptiontarget|remaining/i;

/** When which condition came to be what it is. */
export function conditionsOf(object: KubeObject): readonly Happening[] {
	return listAt(object, 'status', 'conditions').flatMap((condition): readonly Happening[] => {
		const type = textAt(condition, 'type') ?? '';
		const status = textAt(condition, 'status') ?? '';
		const at = textAt(condition, 'lastTransitionTime') ?? '';
		if (at === '' || doubled.has(type) || (steps.has(type) && status === 'True')) return [];
		const said = [textAt(condition, 'reason'), textAt(condition, 'message')].filter(Boolean).join(': ');
		const isBad = troubles.test(type) ? status === 'True' : status !== 'True';
		return [
			{at, ref: refOf(object), source: 'condition', text: `${type} became ${status}${said === '' ? '' : ` (${said})`}`, count: 1, isBad},
		];
	});
}

/** When the containers of a pod started and ended, as far as the kubelet keeps it: the present run and the one before. */
export function containersOf(pod: KubeObject): readonly Happening[] {
	const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap(list => listAt(pod, 'status', list));
	return statuses.flatMap(status => {
		const name = textAt(status, 'name') ?? '';
		const restarts = numberAt(status, 'restartCount') ?? 0;
		const said = (at: string | undefined, text: string, isBad: boolean): readonly Happening[] =>
			at === undefined ? [] : [{at, ref: refOf(pod), source: 'container', text: `container ${name} ${text}`, count: 1, isBad}];
		const running = textAt(status, 'state', 'running', 'startedAt');
		const ends = ['state', 'lastState'].flatMap(field => {
			const end = objectAt(status, field, 'terminated');
			const code = numberAt(end, 'exitCode');
			if (code === undefined) return [];
			const [from, to] = [textAt(end, 'startedAt'), textAt(end, 'finishedAt')];
			const after = from === undefined || to === undefined ? '' : ` after ${age(Date.parse(to) - Date.parse(from))}`;
			return said(to, `ended with exit code ${code} (${textAt(end, 'reason') ?? 'no reason'})${after}`, code !== 0);
		});
		return [
			...ends,
			...said(running, restarts === 0 ? 'started' : `started again, ${restarts === 1 ? 'once' : `${restarts} times`} by now`, restarts > 0),
		];
	});
}
