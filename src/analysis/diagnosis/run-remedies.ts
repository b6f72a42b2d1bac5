import {canonicalJson} from '../../core/json.ts';
import {repositoryOf} from '../../core/kube/image-reference.ts';
import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {type Case, ofKind, type Scene} from './case.ts';
import type {Cause} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {type Exchange, operationsOf} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf} from './template-change.ts';
import {inOrder, jobAnew} from './writes-remedy.ts';

/** What of a failed run is other than it was in one that went well, and the way back. */
type WayBack = Pick<Cause, 'path' | 'evidence' | 'remedies'>;

/** `import-2026-11` and `import-2026-10` are the same work at another time. */
const stem = ({metadata}: KubeObject) => metadata.name.replace(/\d+/g, '');

const imageOf = ({container}: PlacedContainer) => textAt(container, 'image') ?? '';

const orders = (job: KubeObject) =>
	canonicalJson(listAt(podSpecOf(job), 'containers').map(each => [valueAt(each, 'command') ?? '', valueAt(each, 'args') ?? '']));

/** Whether two Jobs do the same: the same programs in the same order, and a name or a command that says so. */
function isAlike(one: KubeObject, other: KubeObject): boolean {
	const [own, theirs] = [one, other].map(job =>
		placedContainers(job)
			.map(each => repositoryOf(imageOf(each)))
			.join(' '),
	);
	return own === theirs && (stem(one) === stem(other) || orders(one) === orders(other));
}

const doneAt = (job: KubeObject) => Date.parse(textAt(job, 'status', 'completionTime') ?? '') || 0;

/** The newest Job of the same work that went well. */
const wellBefore = (job: KubeObject, scene: Scene): KubeObject | undefined =>
	ofKind(scene, 'Job')
		.filter(other => other !== job && doneAt(other) > 0 && isAlike(job, other))
		.toSorted((a, b) => doneAt(b) - doneAt(a))[0];

/** A Job that failed once more, with the images that went well before. What the newer ones were to do is left undone then: a person says so. */
function anew(job: KubeObject, scene: Scene): WayBack | undefined {
	const before = wellBefore(job, scene);
	const theirs = before === undefined ? [] : placedContainers(before);
	const exchanges = placedContainers(job).flatMap((own, index): readonly Exchange[] => {
		const [from, to] = [imageOf(own), imageOf(theirs[index] ?? own)];
		return from === to ? [] : [{path: [...own.place, 'image'], from, to}];
	});
	const [first] = exchanges;
	if (before === undefined || first === undefined) return undefined;
	const [name, other] = [refText(refOf(job)), refText(refOf(before))];
	const images = exchanges.map(({to}) => String(to)).join(', ');
	return {
		path: fieldPath(job, first.path),
		evidence: exchanges.map(({to}) => ({source: other, detail: `went well with ${String(to)}`})),
		remedies: [
			inOrder(jobAnew(job, exchanges.flatMap(operationsOf)), {
				side: 'workload',
				sure: false,
				text: {
					en: `Run ${name} anew with ${images}, as ${other} did`,
					ko: `${name}을(를) ${other}이(가) 쓴 ${images}(으)로 다시 실행합니다`,
				},
			}),
		],
	};
}

/** The template of a CronJob as the last run that went well had it. */
function back(given: Case, cronJob: KubeObject): WayBack | undefined {
	const change = changeOf(given, ({ready}) => ready > 0);
	const first = change?.exchanges.find(({path}) => path.at(-1) === 'image') ?? change?.exchanges[0];
	if (change === undefined || first === undefined) return undefined;
	return {
		path: fieldPath(cronJob, first.path),
		evidence: changeEvidence(given, change, change.exchanges),
		remedies: backRemedy(given, change),
	};
}

/** How a run that failed gets back to what went well; undefined where nothing tells. */
export const wayBackOfRun = (given: Case, failed: KubeObject): WayBack | undefined =>
	given.workload?.kind === 'CronJob' ? back(given, given.workload) : anew(failed, given.scene);
