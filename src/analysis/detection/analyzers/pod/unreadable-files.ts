import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** A container's own setting before that of its pod. */
const effective = (podSpec: Json, container: Json, field: string) =>
	valueAt(container, 'securityContext', field) ?? valueAt(podSpec, 'securityContext', field);

/** Whether a container for sure does not run as root. */
const isNotRoot = (podSpec: Json, container: Json): boolean => {
	const user = effective(podSpec, container, 'runAsUser');
	return user === undefined ? effective(podSpec, container, 'runAsNonRoot') === true : user !== 0;
};

/** Whether a container may be of the group of root: without a group of its own it is, where its image does not know its user. */
const mayBeOfRoots = (podSpec: Json, container: Json): boolean => {
	const group = effective(podSpec, container, 'runAsGroup');
	return group === undefined || group === 0 || listAt(podSpec, 'securityContext', 'supplementalGroups').includes(0);
};

const sources = ['secret', 'configMap', 'downwardAPI', 'projected'] as const;

type Closed = {readonly mode: number; readonly at: Exchange['path']};

/** Where a volume says that its files are for root alone, who owns them: by its default, or for one of them. */
function closedIn(volume: Json, place: Exchange['path'], isOfRoots: boolean): Closed | undefined {
	const [source] = sources.filter(each => valueAt(volume, each) !== undefined);
	if (source === undefined) return undefined;
	// Tokens belong to the user whom the pod tells, whatever their mode says.
	const isOfTokens =
		source === 'projected' && listAt(volume, source, 'sources').every(each => valueAt(each, 'serviceAccountToken') !== undefined);
	if (isOfTokens) return undefined;
	const isClosed = (mode: number | undefined): mode is number => mode !== undefined && (mode & (isOfRoots ? 0o044 : 0o004)) === 0;
	const items = listAt(volume, source, 'items');
	const number = items.findIndex(item => isClosed(numberAt(item, 'mode')));
	const own = numberAt(items[number], 'mode');
	if (own !== undefined) return {mode: own, at: [...place, source, 'items', number, 'mode']};
	const mode = numberAt(volume, source, 'defaultMode');
	const isForAny = items.length === 0 || items.some(item => numberAt(item, 'mode') === undefined);
	return isClosed(mode) && isForAny ? {mode, at: [...place, source, 'defaultMode']} : undefined;
}

function unreadable(subject: Subject, {name, container}: PlacedContainer): readonly Cause[] {
	const {workload, podSpec, given, change, fresh, gravity, isWell} = subject;
	if (valueAt(podSpec, 'securityContext', 'fsGroup') !== undefined || !isNotRoot(podSpec, container)) return [];
	const place = podSpecPlace(workload);
	return listAt(container, 'volumeMounts').flatMap((mount): readonly Cause[] => {
		const index = listAt(podSpec, 'volumes').findIndex(each => textAt(each, 'name') === textAt(mount, 'name'));
		const closed = closedIn(listAt(podSpec, 'volumes')[index] ?? {}, [...place, 'volumes', index], mayBeOfRoots(podSpec, container));
		if (closed === undefined) return [];
		const places = [
			closed.at,
			[...place, 'securityContext'],
			...['runAsUser', 'runAsNonRoot', 'runAsGroup'].map(each => [...place, 'securityContext', each]),
		];
		const isNew =
			places.some(each => fresh(each).length > 0) || fresh([...place, 'containers']).some(({path}) => path.includes('securityContext'));
		// Pods that run well with it for long do not read it, or are let in by what is not told here.
		if (isWell && !isNew) return [];
		// Of whom the program runs as nothing is taken back: that a container is not root is worth keeping.
		const back = [
			...changesAt(change(), closed.at).filter(({path}) => path.at(-1) === closed.at.at(-1)),
			...changesAt(change(), [...place, 'securityContext', 'fsGroup']).filter(({path}) => path.at(-1) === 'fsGroup'),
		];
		const user = effective(podSpec, container, 'runAsUser');
		const [who, octal] = [refText(refOf(workload)), closed.mode.toString(8).padStart(4, '0')];
		const group = effective(podSpec, container, 'runAsGroup') ?? user;
		return [
			{
				id: 'files-not-readable',
				resource: refOf(workload),
				path: fieldPath(workload, back[0]?.path ?? closed.at),
				severity: gravity('medium'),
				cause: {
					en: `Container ${name} of ${who} is not root and may not read the files of volume ${textAt(mount, 'name')}: they belong to root, with the mode ${octal}`,
					ko: `${who}의 컨테이너 ${name}는 root가 아니라서 볼륨 ${textAt(mount, 'name')}의 파일(root 소유, 권한 ${octal})을 읽을 수 없습니다`,
				},
				evidence: [
					{
						source: who,
						detail: `${fieldPath(workload, closed.at)} ${octal}, ${user === undefined ? 'runAsNonRoot true' : `runAsUser ${String(user)}`}, no fsGroup`,
					},
					...changeEvidence(given(), change(), [...back, ...changesAt(change(), [...place, 'securityContext', 'runAsUser'])]),
				],
				remedies:
					back.length > 0
						? // What runs may do without them, and a release that closes them is mostly right.
							backRemedy(given(), change(), back, !isWell)
						: typeof group !== 'number' || group === 0 || workload.kind === 'Pod'
							? []
							: [
									exchange(
										workload,
										[
											valueAt(podSpec, 'securityContext') === undefined
												? {path: [...place, 'securityContext'], to: {fsGroup: group}}
												: {path: [...place, 'securityContext', 'fsGroup'], to: group},
										],
										{
											side: 'workload',
											sure: false,
											text: {
												en: `Let the group ${group} of ${who} read its volumes (fsGroup)`,
												ko: `${who}의 그룹 ${group}이(가) 볼륨을 읽게 합니다(fsGroup)`,
											},
										},
									),
								],
			},
		];
	});
}

/** The claims that a container which is not root writes to, and whose group a release took away. */
function groupLost({workload, podSpec, containers, given, change, fresh, gravity, isWell}: Subject): readonly Cause[] {
	const place = [...podSpecPlace(workload), 'securityContext', 'fsGroup'];
	const before = numberAt(change()?.earlier.template, 'spec', 'securityContext', 'fsGroup');
	// Another group is given the whole volume when it is mounted.
	const isGone = before !== undefined && numberAt(podSpec, 'securityContext', 'fsGroup') === undefined;
	if (!isGone || fresh(place).length === 0) return [];
	const made = listAt(workload, 'spec', 'volumeClaimTemplates').map(each => textAt(each, 'metadata', 'name'));
	const kept = listAt(podSpec, 'volumes').flatMap(each =>
		valueAt(each, 'persistentVolumeClaim') === undefined ? [] : [textAt(each, 'name')],
	);
	const hurt = containers.filter(
		({container, isInit}) =>
			!isInit &&
			isNotRoot(podSpec, container) &&
			effective(podSpec, container, 'runAsGroup') !== before &&
			!listAt(podSpec, 'securityContext', 'supplementalGroups').includes(before) &&
			listAt(container, 'volumeMounts').some(
				mount => valueAt(mount, 'readOnly') !== true && [...made, ...kept].includes(textAt(mount, 'name')),
			),
	);
	const [first] = hurt;
	if (first === undefined) return [];
	const exchanges: readonly Exchange[] =
		valueAt(podSpec, 'securityContext') === undefined ? [{path: place.slice(0, -1), to: {fsGroup: before}}] : [{path: place, to: before}];
	const who = refText(refOf(workload));
	return [
		{
			id: 'volume-group-lost',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			severity: gravity('medium'),
			cause: {
				en: `${who} no longer mounts its claims for the group ${before} since its last change, and container ${first.name} is not root: it may not write where it did`,
				ko: `${who}가 마지막 변경 이후 그룹 ${before}(fsGroup)으로 볼륨을 마운트하지 않아 root가 아닌 컨테이너 ${first.name}가 쓰지 못합니다`,
			},
			evidence: [{source: who, detail: `no fsGroup, ${before} in the revision before`}, ...changeEvidence(given(), change(), exchanges)],
			// What runs may own its files itself by now.
			remedies: backRemedy(given(), change(), exchanges, !isWell),
		},
	];
}

/** Files of volumes that their container may not read or write, for whom they belong to. */
export const unreadableFiles = (subject: Subject): readonly Cause[] => [
	...subject.containers.flatMap(placed => unreadable(subject, placed)).slice(0, 1),
	...groupLost(subject),
];
