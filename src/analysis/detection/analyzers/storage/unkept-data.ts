import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const nameOf = (item: Json) => textAt(item, 'name') ?? '';
/** The claim that a volume names. */
export const claimOf = (volume: Json) => textAt(volume, 'persistentVolumeClaim', 'claimName');

/** What may be lost: a cache, or room to work in, is often moved off its claim on purpose. */
export const isForNow = (text: string) =>
	/(?:^|[^a-z])(?:caches?|te?mp|scratch|spool|work(?:dir|space)?|run|locks?|logs?)(?:$|[^a-z])/i.test(text);

/** Where the containers of a pod mount a volume. */
const mountPaths = (podSpec: Json, volume: string): readonly string[] =>
	['initContainers', 'containers']
		.flatMap(list => listAt(podSpec, list))
		.flatMap(container => listAt(container, 'volumeMounts'))
		.flatMap(mount => (nameOf(mount) === volume ? [textAt(mount, 'mountPath') ?? ''] : []));

/** Whether any workload, running or not, still names a claim, beside one that is left out. */
export const isUsed = (claim: string, namespace: string | undefined, survey: Survey, except?: KubeObject) =>
	survey.workloads(namespace).some(each => each !== except && listAt(podSpecOf(each), 'volumes').some(volume => claimOf(volume) === claim));

/** Whether a namespace has claims, as far as they were read: without any nothing was kept on one. */
export const hasClaims = (namespace: string | undefined, survey: Survey) =>
	survey.isRead('PersistentVolumeClaim', namespace) && survey.all('PersistentVolumeClaim', namespace).length > 0;

/** A volume of the revision before that was kept on a claim, and is now an empty directory at the same place. */
type Unkept = {readonly index: number; readonly volume: Json; readonly before: Json; readonly claim: KubeObject; readonly path: string};

function unkeptIn({survey, workload, podSpec, change, fresh}: Subject): readonly Unkept[] {
	const {namespace} = workload.metadata;
	const place = [...podSpecPlace(workload), 'volumes'];
	if (fresh(place).length === 0) return [];
	return listAt(podSpec, 'volumes').flatMap((volume, index): readonly Unkept[] => {
		const name = nameOf(volume);
		if (valueAt(volume, 'emptyDir') === undefined || isForNow(name)) return [];
		const earlier = change()?.earlier.template;
		const before = listAt(earlier, 'spec', 'volumes').find(each => nameOf(each) === name);
		const claim = before === undefined ? undefined : survey.find('PersistentVolumeClaim', namespace, claimOf(before) ?? '');
		const paths = new Set(mountPaths(podSpec, name));
		const [path] = mountPaths(valueAt(earlier, 'spec') ?? {}, name).filter(each => paths.has(each));
		if (before === undefined || claim === undefined || path === undefined || isForNow(path)) return [];
		const isKept = textAt(claim, 'status', 'phase') === 'Bound' && claim.metadata.deletionTimestamp === undefined;
		return isKept && !isUsed(claim.metadata.name, namespace, survey) ? [{index, volume, before, claim, path}] : [];
	});
}

function unkeptCause({workload}: Subject, {index, volume, before, claim, path}: Unkept): Cause {
	const place = [...podSpecPlace(workload), 'volumes', index];
	const [name, holder] = [refText(refOf(workload)), refText(refOf(claim))];
	return {
		id: 'data-off-its-claim',
		resource: refOf(workload),
		path: fieldPath(workload, place),
		hurts: [refOf(claim)],
		cause: {
			en: `What ${name} writes to ${path} goes with its pod: since its last change it is an emptyDir, while ${holder}, which it was before, is used by nobody`,
			ko: `${name}가 ${path}에 쓰는 것이 파드와 함께 사라집니다: 전에 쓰던 ${holder} 대신 emptyDir를 씁니다`,
		},
		evidence: [
			{source: name, detail: `${fieldPath(workload, place)} is an emptyDir, and was ${holder} in the revision before`},
			{source: holder, detail: 'Bound, mounted by nobody'},
			...changeEvidence(workload),
		],
		remedies: [
			exchange(workload, [{path: place, from: volume, to: before}], {
				side: 'workload',
				// That the data was moved elsewhere nobody can tell from here.
				sure: false,
				text: {en: `Keep ${path} of ${name} on ${holder} again`, ko: `${name}의 ${path}을(를) 다시 ${holder}에 둡니다`},
			}),
		],
	};
}

/** Workloads whose data a release has moved from its claim to a place that ends with the pod. */
export const unkeptData = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject =>
		hasClaims(subject.workload.metadata.namespace, survey) &&
		listAt(subject.podSpec, 'volumes').some(volume => valueAt(volume, 'emptyDir') !== undefined)
			? unkeptIn(subject).map(unkept => unkeptCause(subject, unkept))
			: [],
	);
