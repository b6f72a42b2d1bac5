import type {Json} from '../../../../core/json.ts';
import {repositoryOf} from '../../../../core/kube/image-reference.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import type {Exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {textsToldTo} from '../../mentions/told-texts.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {claimOf, hasClaims, isForNow, isUsed} from './unkept-data.ts';

/** A place in a container at which a claim is mounted. */
type Mount = {readonly volume: string; readonly path: string; readonly subPath: string; readonly readOnly: boolean};

const mountsOf = (container: Json): readonly Mount[] =>
	listAt(container, 'volumeMounts').map(mount => ({
		volume: textAt(mount, 'name') ?? '',
		path: (textAt(mount, 'mountPath') ?? '').replace(/(?<=.)\/$/, ''),
		subPath: textAt(mount, 'subPath') ?? textAt(mount, 'subPathExpr') ?? '',
		readOnly: valueAt(mount, 'readOnly') === true,
	}));

/** The claim behind a volume: named by it, or made for each pod by a template of the same name. */
export function claimBehind(volume: string, podSpec: Json, {workload, survey}: Subject): KubeObject | undefined {
	const {name, namespace} = workload.metadata;
	const isMade = listAt(workload, 'spec', 'volumeClaimTemplates').some(each => textAt(each, 'metadata', 'name') === volume);
	const found = listAt(podSpec, 'volumes').find(each => textAt(each, 'name') === volume);
	const claim = isMade ? `${volume}-${name}-0` : found === undefined ? undefined : claimOf(found);
	return claim === undefined ? undefined : survey.find('PersistentVolumeClaim', namespace, claim);
}

const majorOf = (image: string) => /:v?(\d+)/.exec(image.slice(repositoryOf(image).length))?.[1];

/** The same program by its image: another one, or its next major version, may keep its data elsewhere. */
const isSameProgram = (one: string, other: string) => repositoryOf(one) === repositoryOf(other) && majorOf(one) === majorOf(other);

const isBelow = (path: string, root: string) => path === root || path.startsWith(`${root}/`);

/** Whether a program is told of a directory, or of something in it. */
const isTold = (path: string, {workload, survey}: Subject) =>
	textsToldTo(workload, survey).some(({text}) =>
		[...text.matchAll(/(?<![\w.-])\/[\w./-]+/g)].some(([found]) => isBelow(found.replace(/\/$/, ''), path)),
	);

/** What a program wrote to its claim before a release, and where it writes now. */
type Moved = {
	readonly placed: PlacedContainer;
	readonly before: Mount;
	readonly claim: KubeObject;
	/** Where the claim is mounted instead; undefined where it is not. */
	readonly now: Mount | undefined;
	readonly told: boolean;
};

function movedIn(subject: Subject, placed: PlacedContainer): readonly Moved[] {
	const {podSpec, change, fresh} = subject;
	const earlier = valueAt(change()?.earlier.template, 'spec') ?? {};
	const former = listAt(earlier, 'containers').find(each => textAt(each, 'name') === placed.name);
	if (former === undefined || fresh([...placed.place, 'volumeMounts']).length === 0) return [];
	const present = mountsOf(placed.container);
	const isSame = isSameProgram(textAt(placed.container, 'image') ?? '', textAt(former, 'image') ?? '');
	return mountsOf(former).flatMap((before): readonly Moved[] => {
		const claim =
			before.readOnly || isForNow(before.path) || isForNow(before.volume) ? undefined : claimBehind(before.volume, earlier, subject);
		const isKept = claim !== undefined && textAt(claim, 'status', 'phase') === 'Bound' && claim.metadata.deletionTimestamp === undefined;
		if (!isKept) return [];
		const covering = present.find(({path}) => isBelow(before.path, path));
		const holder = covering === undefined ? undefined : claimBehind(covering.volume, podSpec, subject);
		const isThere = covering?.path === before.path && holder === claim && covering.subPath === before.subPath;
		// Another claim at the same place, or one around it, may hold what was copied there.
		if (isThere || (covering !== undefined && holder !== claim && !isEmptyDir(covering, before, podSpec))) return [];
		const now = present.find(({volume}) => claimBehind(volume, podSpec, subject) === claim);
		const told = isTold(before.path, subject);
		if (now === undefined && isUsedElsewhere(claim, subject)) return [];
		if (now !== undefined && now.path !== before.path && isTold(now.path, subject) && !told) return [];
		return told || isSame ? [{placed, before, claim, now, told}] : [];
	});
}

/** Whether another workload, or another container of this one, uses the claim. */
const isUsedElsewhere = (claim: KubeObject, subject: Subject) =>
	isUsed(claim.metadata.name, subject.workload.metadata.namespace, subject.survey, subject.workload) ||
	subject.containers.some(({container}) => mountsOf(container).some(({volume}) => claimBehind(volume, subject.podSpec, subject) === claim));

/** Whether what is mounted is a directory that begins empty with each pod; of one of the same name as before the volume itself was exchanged. */
const isEmptyDir = ({volume}: Mount, {volume: before}: Mount, podSpec: Json) =>
	volume !== before && listAt(podSpec, 'volumes').some(each => textAt(each, 'name') === volume && valueAt(each, 'emptyDir') !== undefined);

/** What of the change took the claim away from the place. */
function exchangesOf({change, workload}: Subject, {placed, before, now}: Moved): readonly Exchange[] {
	const mounts = changesAt(change(), [...placed.place, 'volumeMounts']);
	const index = mountsOf(placed.container).findIndex(each => each === now || (each.volume === now?.volume && each.path === now.path));
	const own = mounts.filter(({path}) => path.length > placed.place.length + 2 && path[placed.place.length + 1] === index);
	if (now !== undefined && own.length > 0) return own;
	const volumes = changesAt(change(), [...podSpecPlace(workload), 'volumes']);
	const isGone = !listAt(objectAt(workload, ...podSpecPlace(workload)), 'volumes').some(each => textAt(each, 'name') === before.volume);
	const isMade = listAt(workload, 'spec', 'volumeClaimTemplates').some(each => textAt(each, 'metadata', 'name') === before.volume);
	return [...mounts, ...(isGone && !isMade ? volumes : [])];
}

function causeOf(subject: Subject, moved: Moved): Cause {
	const {workload, given, change} = subject;
	const {placed, before, claim, now, told} = moved;
	const exchanges = exchangesOf(subject, moved);
	const [name, holder] = [refText(refOf(workload)), refText(refOf(claim))];
	const instead =
		now === undefined
			? {en: 'which it mounts no more', ko: '더는 마운트하지 않습니다'}
			: now.path === before.path
				? {
						en: `of which it now mounts ${now.subPath || 'the root'} instead of ${before.subPath || 'the root'}`,
						ko: `지금은 다른 디렉터리(${now.subPath || '/'})를 마운트합니다`,
					}
				: {en: `which it now mounts at ${now.path}`, ko: `지금은 ${now.path}에 마운트합니다`};
	return {
		id: 'data-off-its-claim',
		resource: refOf(workload),
		path: fieldPath(workload, exchanges[0]?.path ?? [...placed.place, 'volumeMounts']),
		hurts: [refOf(claim)],
		cause: {
			en: `Container ${placed.name} of ${name} finds nothing at ${before.path} since its last change: its data are in ${holder}, ${instead.en}`,
			ko: `${name}의 컨테이너 ${placed.name}가 ${before.path}에서 데이터를 찾지 못합니다: ${holder}에 있는데 ${instead.ko}`,
		},
		evidence: [
			{
				source: holder,
				detail: `Bound, and was at ${before.path}${before.subPath === '' ? '' : ` (subPath ${before.subPath})`} in the revision before`,
			},
			...(told ? [{source: name, detail: `container ${placed.name} is told of ${before.path} still`}] : []),
			...changeEvidence(given(), change(), exchanges),
		],
		// That the data were brought there somebody has to say.
		remedies: backRemedy(given(), change(), exchanges, false),
	};
}

/** Programs that find an empty directory where a release before their data were: the claim that holds them is mounted elsewhere, or not at all. */
export const movedMounts = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject =>
		hasClaims(subject.workload.metadata.namespace, survey) && !['Job', 'CronJob'].includes(subject.workload.kind)
			? subject.containers
					.filter(({isInit}) => !isInit)
					.flatMap(placed => movedIn(subject, placed))
					.map(moved => causeOf(subject, moved))
			: [],
	);
