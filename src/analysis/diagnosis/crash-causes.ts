import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {type ContainerState, containerStates, onePerContainer} from './container-state.ts';
import {exchange} from './patch-remedy.ts';
import {rollbackRemedy} from './rollback-remedy.ts';

/** Mebibytes, or gibibytes where they are whole. */
const sizeText = (bytes: number) => (bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30}Gi` : `${Math.round(bytes / 2 ** 20)}Mi`);

/** How much more is enough nobody can tell from here: a half more and twice as much are the usual steps. */
function memoryRemedies(name: string, {workload, podSpec}: Case): readonly Remedy[] {
	const containers = listAt(podSpec, 'containers');
	const index = containers.findIndex(each => textAt(each, 'name') === name);
	const limit = valueAt(containers[index], 'resources', 'limits', 'memory');
	const bytes = typeof limit === 'string' || typeof limit === 'number' ? quantityOf(limit) : undefined;
	if (workload === undefined || bytes === undefined || limit === undefined) return [];
	const place = [...(templatePath(workload) ?? []), 'spec', 'containers', index, 'resources', 'limits', 'memory'];
	return [2, 1.5].map(factor => {
		const to = sizeText(bytes * factor);
		return exchange(workload, [{path: place, from: limit, to}], {
			side: 'workload',
			sure: false,
			amount: to,
			text: {
				en: `Set the memory limit of container ${name} of ${refText(refOf(workload))} to ${to}`,
				ko: `${refText(refOf(workload))}의 컨테이너 ${name} 메모리 제한을 ${to}로 바꿉니다`,
			},
		});
	});
}

function oomCause({pod, name, restarts}: ContainerState, given: Case): Cause {
	const container = listAt(given.podSpec, 'containers').find(each => textAt(each, 'name') === name);
	const limit = valueAt(container, 'resources', 'limits', 'memory');
	return {
		id: 'out-of-memory',
		resource: refOf(given.workload ?? pod),
		cause:
			limit === undefined
				? {
						en: `Container ${name} was killed for memory (OOMKilled) without a limit of its own: the node ran out`,
						ko: `컨테이너 ${name}가 메모리 때문에 종료되었습니다(OOMKilled). 제한이 없으므로 노드 메모리가 모자랐습니다`,
					}
				: {
						en: `Container ${name} was killed for memory (OOMKilled): it used more than its limit of ${limit}`,
						ko: `컨테이너 ${name}가 메모리 제한 ${limit}을(를) 넘어 종료되었습니다(OOMKilled)`,
					},
		evidence: [{source: refText(refOf(pod)), detail: `last state OOMKilled, ${restarts} restarts, memory limit ${limit ?? 'none'}`}],
		remedies: memoryRemedies(name, given),
	};
}

/** What shells and kernels mean by an exit code. */
const exits: {readonly [code: number]: {readonly en: string; readonly ko: string}} = {
	126: {en: 'its command cannot be executed', ko: '명령을 실행할 수 없습니다'},
	127: {en: 'its command was not found', ko: '명령을 찾을 수 없습니다'},
	137: {en: 'it was killed', ko: '강제로 종료되었습니다'},
	139: {en: 'it broke down (segmentation fault)', ko: '세그멘테이션 오류로 죽었습니다'},
	143: {en: 'it was told to end', ko: '종료 신호를 받았습니다'},
};

/** The kubelet ends containers whose liveness probe fails, and then the program is not to blame. */
const killedByProbe = ({events}: Case) =>
	events.find(event => /failed liveness probe|Liveness probe failed/.test(textAt(event, 'message') ?? ''));

function crashCause({pod, name, exitCode, restarts, reason}: ContainerState, given: Case): Cause {
	const meaning = exitCode === undefined ? undefined : exits[exitCode];
	const probe = killedByProbe(given);
	const code = exitCode === undefined ? {en: '', ko: ''} : {en: ` with exit code ${exitCode}`, ko: ` (종료 코드 ${exitCode})`};
	return {
		id: 'crashes',
		resource: refOf(given.workload ?? pod),
		cause:
			probe === undefined
				? {
						en: `Container ${name} ends${code.en} and is started again${meaning === undefined ? '' : `: ${meaning.en}`}`,
						ko: `컨테이너 ${name}가 자꾸 죽고${code.ko} 다시 시작됩니다${meaning === undefined ? '' : `: ${meaning.ko}`}`,
					}
				: {
						en: `Container ${name} is restarted because its liveness probe fails`,
						ko: `컨테이너 ${name}의 liveness 프로브가 실패해 다시 시작됩니다`,
					},
		evidence: [
			{
				source: refText(refOf(pod)),
				detail: `${[reason, `exit code ${exitCode ?? 'unknown'}`].filter(Boolean).join(', ')}, ${restarts} restarts`,
			},
			...(probe === undefined ? [] : [{source: 'Event', detail: textAt(probe, 'message')?.slice(0, 200) ?? ''}]),
		],
		remedies: probe === undefined ? rollbackRemedy(given) : [],
	};
}

/** Containers that end although they should run. */
export function crashCauses(given: Case): readonly Cause[] {
	const states = containerStates(given.pods);
	const killed = onePerContainer(states.filter(({ended}) => ended === 'OOMKilled'));
	const crashed = onePerContainer(
		states.filter(
			({reason, ended, ready, restarts}) =>
				ended !== 'OOMKilled' && (reason === 'CrashLoopBackOff' || (!ready && restarts > 0 && ended !== '')),
		),
	);
	return [...killed.map(state => oomCause(state, given)), ...crashed.map(state => crashCause(state, given))];
}

/** Fewer restarts than this happen to the best of programs. */
const manyRestarts = 3;
const recentMs = 60 * 60_000;

/** Containers that have ended again and again, the last time within an hour, whether or not they run at this moment. */
export const keepEnding = (pods: readonly KubeObject[], nowMs: number): readonly ContainerState[] =>
	containerStates(pods).filter(({restarts, ended, endedAt}) => {
		const agoMs = nowMs - Date.parse(endedAt);
		return restarts >= manyRestarts && ended !== '' && ended !== 'Completed' && agoMs < recentMs;
	});

/** The causes of such containers: those that run well for a while between two ends are found by these alone. */
export const recurringCrashes = (given: Case, nowMs: number): readonly Cause[] =>
	onePerContainer(keepEnding(given.pods, nowMs)).map(state =>
		state.ended === 'OOMKilled' ? oomCause(state, given) : crashCause(state, given),
	);

/** Containers that end, with the pod to read the last words of. */
export const crashingContainers = ({pods}: Case): readonly {readonly pod: string; readonly container: string}[] =>
	onePerContainer(containerStates(pods).filter(({reason, ended}) => reason === 'CrashLoopBackOff' || ended !== '')).map(({pod, name}) => ({
		pod: pod.metadata.name,
		container: name,
	}));
