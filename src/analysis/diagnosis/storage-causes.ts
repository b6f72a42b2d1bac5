import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {claimAnew} from './claim-anew.ts';
import {claimSourceCause} from './claim-source-cause.ts';
import {changeEvidence} from './last-write.ts';
import {merge} from './patch-remedy.ts';
import {meantName} from './reference-causes.ts';
import {isDefaultClass, volumeCause} from './volume-causes.ts';

const isBound = (claim: KubeObject) => textAt(claim, 'status', 'phase') === 'Bound';

/** A class of the missing name that does what another one does: nothing else can mend a claim, whose class never changes. */
function likeRemedies(name: string, classes: readonly KubeObject[]): readonly Remedy[] {
	return classes.slice(0, 3).map(like => {
		const {metadata, status: _, ...rest} = like;
		const manifest = {...rest, metadata: {name}};
		return {
			tool: 'resource_apply',
			input: {manifest: JSON.stringify(manifest)},
			side: 'storage',
			sure: false,
			text: {
				en: `Create StorageClass ${name} like ${metadata.name}`,
				ko: `${metadata.name}와 같은 StorageClass ${name}을(를) 만듭니다`,
			},
		};
	});
}

/** The class that was meant: of a near name, or the one that everything else uses. */
function meantClass(
	claim: KubeObject,
	asked: string | undefined,
	{scene}: Case,
): {readonly name: string; readonly sure: boolean} | undefined {
	const classes = ofKind(scene, 'StorageClass');
	const names = classes.map(({metadata}) => metadata.name);
	const near = asked === undefined ? undefined : meantName(asked, names);
	if (near !== undefined) return {name: near, sure: true};
	const others = ofKind(scene, 'PersistentVolumeClaim').filter(each => each !== claim && isBound(each));
	const used = [...new Set(others.flatMap(each => textAt(each, 'spec', 'storageClassName') ?? []))].filter(name => names.includes(name));
	const [only] = used.length === 1 ? used : classes.filter(isDefaultClass).map(({metadata}) => metadata.name);
	if (only !== undefined) return {name: only, sure: true};
	const [single] = names;
	return names.length === 1 && single !== undefined ? {name: single, sure: true} : undefined;
}

/** A claim without a class takes one as it is; one that names another is made anew. */
function classRemedies(claim: KubeObject, asked: string | undefined, given: Case): readonly Remedy[] {
	const meant = meantClass(claim, asked, given);
	const isLive = ofKind(given.scene, 'PersistentVolumeClaim').includes(claim);
	if (meant === undefined || !isLive) return [];
	const name = refText(refOf(claim));
	if (asked !== undefined) return claimAnew(claim, {storageClassName: meant.name}, {sure: meant.sure, what: `StorageClass ${meant.name}`});
	return [
		merge(
			claim,
			{spec: {storageClassName: meant.name}},
			{
				side: 'storage',
				sure: meant.sure,
				text: {en: `Let ${name} take StorageClass ${meant.name}`, ko: `${name}이(가) StorageClass ${meant.name}을(를) 쓰게 합니다`},
			},
		),
	];
}

function classCause(claim: KubeObject, given: Case): Cause | undefined {
	const {scene} = given;
	if (isUnread(scene, 'StorageClass')) return undefined;
	const classes = ofKind(scene, 'StorageClass');
	const asked = textAt(claim, 'spec', 'storageClassName');
	if (asked === '' || classes.some(each => (asked === undefined ? isDefaultClass(each) : each.metadata.name === asked))) return undefined;
	const name = refText(refOf(claim));
	const have = classes.map(({metadata}) => metadata.name).join(', ') || 'none';
	return {
		id: 'storage-class-not-there',
		...(asked === undefined ? {} : {lacks: `StorageClass ${asked}`}),
		resource: refOf(claim),
		path: 'spec.storageClassName',
		cause:
			asked === undefined
				? {
						en: `${name} names no StorageClass, and the cluster has no default one: nobody makes its volume`,
						ko: `${name}에 StorageClass가 없고 클러스터에 기본 클래스도 없어 볼륨이 만들어지지 않습니다`,
					}
				: {
						en: `${name} asks for StorageClass ${asked}, which does not exist (there is: ${have}): it stays Pending, and so do its pods`,
						ko: `${name}가 StorageClass ${asked}를 요청하는데 그런 클래스가 없습니다(있는 것: ${have}). 클레임이 Pending이라 파드도 뜨지 못합니다`,
					},
		evidence: [
			{source: name, detail: `storageClassName ${asked ?? '(none)'}, ${textAt(claim, 'status', 'phase') ?? 'Pending'}`},
			{source: 'StorageClasses', detail: have},
			...changeEvidence(claim),
		],
		remedies: [...classRemedies(claim, asked, given), ...(asked === undefined ? [] : likeRemedies(asked, classes))],
	};
}

function pendingCause(claim: KubeObject, {events}: Case): Cause {
	const name = refText(refOf(claim));
	const told = events.filter(
		each =>
			textAt(each, 'involvedObject', 'name') === claim.metadata.name &&
			textAt(each, 'type') === 'Warning' &&
			textAt(each, 'message') !== undefined,
	);
	return {
		id: 'claim-pending',
		resource: refOf(claim),
		cause: {en: `${name} is not bound to a volume`, ko: `${name}가 볼륨에 연결되지 않았습니다`},
		evidence: [
			{source: name, detail: textAt(claim, 'status', 'phase') ?? 'no status'},
			...told.slice(-2).map(each => ({source: `Event of ${name}`, detail: shortLine(textAt(each, 'message') ?? '', 300)})),
		],
		remedies: [],
	};
}

/** A class of a StatefulSet's template that is not there, where its claims were not even made. */
function templateCauses(given: Case): readonly Cause[] {
	if (given.workload === undefined || given.claims.length > 0) return [];
	return listAt(given.workload, 'spec', 'volumeClaimTemplates').flatMap(template => {
		const name = `${textAt(template, 'metadata', 'name')}-${given.workload?.metadata.name}-0`;
		const spec = valueAt(template, 'spec') ?? {};
		const claim = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name, namespace: given.scene.namespace}, spec};
		return classCause(claim, given) ?? [];
	});
}

/** A claim that is made with a pod goes with it: its class stands in the template, and is told of that. */
const isMadeWithPod = ({metadata}: KubeObject) => metadata.ownerReferences?.some(({kind}) => kind === 'Pod') === true;

/** Claims that wait, and with them the pods that mount them. */
export const storageCauses = (given: Case): readonly Cause[] => [
	...given.claims
		.filter(claim => !isBound(claim) && textAt(claim, 'status', 'phase') !== 'Lost')
		.map(
			claim =>
				(isMadeWithPod(claim) && textAt(claim, 'spec', 'storageClassName') !== undefined ? undefined : classCause(claim, given)) ??
				claimSourceCause(claim, given) ??
				volumeCause(claim, given) ??
				pendingCause(claim, given),
		),
	...templateCauses(given),
];
