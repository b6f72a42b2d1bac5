import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';

const isBound = (claim: KubeObject) => textAt(claim, 'status', 'phase') === 'Bound';

const isDefault = ({metadata}: KubeObject) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';

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

function classCause(claim: KubeObject, {scene}: Case): Cause | undefined {
	if (isUnread(scene, 'StorageClass')) return undefined;
	const classes = ofKind(scene, 'StorageClass');
	const asked = textAt(claim, 'spec', 'storageClassName');
	if (asked === '' || classes.some(each => (asked === undefined ? isDefault(each) : each.metadata.name === asked))) return undefined;
	const name = refText(refOf(claim));
	const have = classes.map(({metadata}) => metadata.name).join(', ') || 'none';
	return {
		id: 'storage-class-not-there',
		...(asked === undefined ? {} : {lacks: `StorageClass ${asked}`}),
		resource: refOf(claim),
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
		],
		remedies: asked === undefined ? [] : likeRemedies(asked, classes),
	};
}

/** Without a provisioner somebody has to make the volume by hand. */
function volumeCause(claim: KubeObject, {scene}: Case): Cause | undefined {
	const asked = textAt(claim, 'spec', 'storageClassName');
	const found = ofKind(scene, 'StorageClass').find(each => (asked === undefined ? isDefault(each) : each.metadata.name === asked));
	if (isUnread(scene, 'PersistentVolume') || found === undefined) return undefined;
	if (textAt(found, 'provisioner') !== 'kubernetes.io/no-provisioner') return undefined;
	const name = refText(refOf(claim));
	const wanted = textAt(claim, 'spec', 'volumeName');
	const free = ofKind(scene, 'PersistentVolume').filter(
		each => textAt(each, 'status', 'phase') === 'Available' && textAt(each, 'spec', 'storageClassName') === found.metadata.name,
	);
	const size = String(valueAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '');
	return {
		id: 'no-volume-fits',
		resource: refOf(claim),
		cause: {
			en: `${name} waits for a volume of ${size}: StorageClass ${found.metadata.name} makes none by itself, and ${free.length === 0 ? 'no PersistentVolume of it is free' : `the free ones do not fit`}`,
			ko: `${name}가 ${size} 볼륨을 기다립니다: StorageClass ${found.metadata.name}는 볼륨을 만들어 주지 않고 ${free.length === 0 ? '남은 PersistentVolume이 없습니다' : '남은 볼륨은 맞지 않습니다'}`,
		},
		evidence: [
			{source: name, detail: `class ${found.metadata.name}${wanted === undefined ? '' : `, volumeName ${wanted}`}`},
			...free.slice(0, 3).map(each => ({source: refText(refOf(each)), detail: String(valueAt(each, 'spec', 'capacity', 'storage'))})),
		],
		remedies: [],
	};
}

function pendingCause(claim: KubeObject): Cause {
	const name = refText(refOf(claim));
	return {
		id: 'claim-pending',
		resource: refOf(claim),
		cause: {en: `${name} is not bound to a volume`, ko: `${name}가 볼륨에 연결되지 않았습니다`},
		evidence: [{source: name, detail: textAt(claim, 'status', 'phase') ?? 'no status'}],
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

/** Claims that wait, and with them the pods that mount them. */
export const storageCauses = (given: Case): readonly Cause[] => [
	...given.claims
		.filter(claim => !isBound(claim))
		.map(claim => classCause(claim, given) ?? volumeCause(claim, given) ?? pendingCause(claim)),
	...templateCauses(given),
];
