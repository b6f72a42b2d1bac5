import type {Json} from '../../core/json.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {age} from '../../core/text/age.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import type {ContainerState} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {releaseToBlame, runsAnother} from './release-to-blame.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** Mebibytes, or gibibytes where they are whole. */
const sizeText = (bytes: number) => (bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30}Gi` : `${Math.round(bytes / 2 ** 20)}Mi`);

const amountOf = (value: Json | undefined): number | undefined =>
	typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined;

const limitPath = ['resources', 'limits', 'memory'] as const;

/** How much more is enough nobody can tell from here: a half more and twice as much are the usual steps. */
function moreMemory(workload: KubeObject, {name, container, place}: PlacedContainer): readonly Remedy[] {
	const limit = valueAt(container, ...limitPath);
	const bytes = amountOf(limit);
	if (bytes === undefined || limit === undefined) return [];
	return [2, 1.5].map(factor => {
		const to = sizeText(bytes * factor);
		return exchange(workload, [{path: [...place, ...limitPath], from: limit, to}], {
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

/** Runs shorter than this die of what they do at their start; a leak takes its time. */
const shortestLeakMs = 10 * 60_000;

/** How long the last run took, where it grew for a while and ended as the ones before did. */
function leakMs({pod, restarts, beganAt, endedAt}: ContainerState): number | undefined {
	const lastMs = Date.parse(endedAt) - Date.parse(beganAt);
	const meanMs = (Date.parse(endedAt) - Date.parse(pod.metadata.creationTimestamp ?? '')) / Math.max(1, restarts);
	const isRegular = lastMs > meanMs / 2 && lastMs < meanMs * 2;
	return restarts >= 3 && lastMs >= shortestLeakMs && isRegular ? lastMs : undefined;
}

/** A container that was killed for memory: of a limit that is too small, or of a program that never gives back what it took. */
export function memoryCause(state: ContainerState, given: Case): Cause {
	const {pod, name, restarts} = state;
	const owner = given.workload ?? pod;
	const placed = placedContainers(owner).find(each => each.name === name);
	const limit = valueAt(placed?.container, ...limitPath);
	const place = [...(placed?.place ?? []), ...limitPath];
	const change = changeOf(given);
	const changed = changesAt(change, place);
	const lowered = changed.filter(({from, to}) => (amountOf(to) ?? Number.POSITIVE_INFINITY) > (amountOf(from) ?? 0));
	const everyMs = lowered.length > 0 || limit === undefined ? undefined : leakMs(state);
	// Under the same limit another program ran: nobody knows how much the present one would take.
	const isOfBefore = placed !== undefined && runsAnother(pod, placed);
	const release = changed.length > 0 || isOfBefore ? undefined : releaseToBlame(given, change, placed, Date.parse(state.endedAt));
	const evidence = [
		{source: refText(refOf(pod)), detail: `last state OOMKilled, ${restarts} restarts, memory limit ${limit ?? 'none'}`},
		...(everyMs === undefined
			? []
			: [{source: refText(refOf(pod)), detail: `the last run took ${age(everyMs)}, as long as those before it`}]),
		...changeEvidence(given, change, release === undefined ? changed : (change?.exchanges ?? [])),
	];
	const more = placed === undefined || given.workload === undefined ? [] : moreMemory(given.workload, placed);
	return {
		id: everyMs === undefined ? 'out-of-memory' : 'memory-leak-suspected',
		resource: refOf(owner),
		path: fieldPath(owner, release?.path ?? place),
		cause: words(name, limit === undefined ? undefined : String(limit), everyMs),
		evidence,
		remedies:
			lowered.length > 0
				? backRemedy(given, change, lowered)
				: // Once may be the bad luck of one request.
					[...(release === undefined ? [] : backRemedy(given, change, change?.exchanges, restarts >= 2)), ...more],
	};
}

function words(name: string, limit: string | undefined, everyMs: number | undefined): Cause['cause'] {
	if (limit === undefined)
		return {
			en: `Container ${name} was killed for memory (OOMKilled) without a limit of its own: the node ran out`,
			ko: `컨테이너 ${name}가 메모리 때문에 종료되었습니다(OOMKilled). 제한이 없으므로 노드 메모리가 모자랐습니다`,
		};
	if (everyMs !== undefined)
		return {
			en: `Container ${name} reaches its memory limit of ${limit} about every ${age(everyMs)} and is killed: it most likely never gives back what it takes`,
			ko: `컨테이너 ${name}가 약 ${age(everyMs)}마다 메모리 제한 ${limit}에 닿아 종료됩니다: 메모리 누수가 의심됩니다`,
		};
	return {
		en: `Container ${name} was killed for memory (OOMKilled): it used more than its limit of ${limit}`,
		ko: `컨테이너 ${name}가 메모리 제한 ${limit}을(를) 넘어 종료되었습니다(OOMKilled)`,
	};
}
