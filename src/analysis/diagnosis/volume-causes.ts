import {canonicalJson, type Json, type JsonObject} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {type Case, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {claimAnew} from './claim-anew.ts';
import type {FaultId} from './classes/fault-classes.ts';
import {changeEvidence, isChangedLater} from './last-write.ts';
import {exchange, merge} from './patch-remedy.ts';

export const isDefaultClass = ({metadata}: KubeObject) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? (quantityOf(value) ?? 0) : 0);

const sizeOf = (claim: KubeObject) => valueAt(claim, 'spec', 'resources', 'requests', 'storage');
const modesOf = (object: KubeObject) => listAt(object, 'spec', 'accessModes').map(String);
const modeOf = (object: KubeObject) => textAt(object, 'spec', 'volumeMode') ?? 'Filesystem';

/** One thing for which a volume does not fit a claim. */
type Misfit = {
	readonly id: FaultId;
	readonly claimPath: string;
	readonly volumePath: string;
	readonly en: string;
	readonly ko: string;
	/** What the claim would have to say; none where it is not the claim's to change. */
	readonly claimSpec: JsonObject | undefined;
	/** What would change the volume; none where that would not be true of it. */
	readonly volume: readonly Remedy[];
};

function heldBy(claim: KubeObject, volume: KubeObject): Misfit | undefined {
	const ref = objectAt(volume, 'spec', 'claimRef');
	if (ref.name === undefined) return undefined;
	const isOwn = ref.name === claim.metadata.name && ref.namespace === claim.metadata.namespace;
	const isStale = isOwn && textAt(volume, 'status', 'phase') === 'Released';
	if (isOwn && !isStale) return undefined;
	const [name, other] = [refText(refOf(volume)), `${String(ref.namespace)}/${String(ref.name)}`];
	// A volume that was never bound holds nothing: the claim that it waits for may be named wrongly.
	const isFree = ref.uid === undefined && textAt(volume, 'status', 'phase') !== 'Bound';
	const isAsked = textAt(claim, 'spec', 'volumeName') === volume.metadata.name;
	const to = {kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace: claim.metadata.namespace ?? '', name: claim.metadata.name};
	return {
		id: 'volume-held',
		claimPath: 'spec.volumeName',
		volumePath: 'spec.claimRef',
		en: isStale
			? `${name} was released by an earlier claim of this name, and keeps what that one wrote`
			: `${name} is kept for PersistentVolumeClaim ${other}`,
		ko: isStale ? `${name}은(는) 같은 이름의 이전 클레임이 놓아준 볼륨입니다` : `${name}은(는) PersistentVolumeClaim ${other}의 몫입니다`,
		claimSpec: undefined,
		volume:
			isFree || isStale
				? [
						exchange(volume, [{path: ['spec', 'claimRef'], from: ref, to}], {
							side: 'storage',
							sure: isFree && isAsked,
							text: {en: `Keep ${name} for ${refText(refOf(claim))}`, ko: `${name}을(를) ${refText(refOf(claim))}의 몫으로 둡니다`},
						}),
					]
				: [],
	};
}

/** What of the labels that a claim selects a volume has, whatever they hold. */
const labelsOfBoth = (selector: Json | undefined, volume: KubeObject): JsonObject =>
	Object.fromEntries(
		Object.keys(objectAt(selector, 'matchLabels')).flatMap(key =>
			volume.metadata.labels?.[key] === undefined ? [] : [[key, volume.metadata.labels[key]]],
		),
	);

/** The labels with which a volume is what a claim selects; undefined where an expression leaves open which they are. */
function labelsWanted(selector: Json | undefined, volume: KubeObject): JsonObject | undefined {
	const has = volume.metadata.labels ?? {};
	const told = listAt(selector, 'matchExpressions')
		.filter(each => !fitsSelector({matchExpressions: [each]}, has))
		.map((each): readonly [string, Json | undefined] => {
			const [key, operator, values] = [textAt(each, 'key') ?? '', textAt(each, 'operator'), listAt(each, 'values')];
			// A key that is nearly the same may hold what was meant.
			const near = has[nearestNames(key, Object.keys(has))[0] ?? ''];
			if (operator === 'DoesNotExist') return [key, null];
			if (operator === 'Exists') return [key, near];
			return [key, operator === 'In' ? (values.length === 1 ? values[0] : values.find(value => value === near)) : undefined];
		});
	const known = told.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
	return known.length < told.length ? undefined : {...objectAt(selector, 'matchLabels'), ...Object.fromEntries(known)};
}

function misfitsOf(claim: KubeObject, volume: KubeObject): readonly Misfit[] {
	const name = refText(refOf(volume));
	const [wanted, has] = [sizeOf(claim), valueAt(volume, 'spec', 'capacity', 'storage')];
	const [modes, offered] = [modesOf(claim), modesOf(volume)];
	const missing = modes.filter(mode => !offered.includes(mode));
	const selector = valueAt(claim, 'spec', 'selector');
	const held = heldBy(claim, volume);
	const expressions = listAt(selector, 'matchExpressions');
	const labels = labelsWanted(selector, volume);
	return [
		...(held === undefined ? [] : [held]),
		...(amount(wanted) <= amount(has)
			? []
			: [
					{
						id: 'volume-too-small' as const,
						claimPath: 'spec.resources.requests.storage',
						volumePath: 'spec.capacity.storage',
						en: `it asks for ${String(wanted)}, and ${name} has ${String(has)}`,
						ko: `${String(wanted)}을(를) 요청하는데 ${name}은(는) ${String(has)}입니다`,
						claimSpec: {resources: {requests: {storage: has}}},
						volume: [],
					},
				]),
		...(missing.length === 0
			? []
			: [
					{
						id: 'access-mode-not-offered' as const,
						claimPath: 'spec.accessModes',
						volumePath: 'spec.accessModes',
						en: `it asks for ${missing.join(', ')}, and ${name} offers ${offered.join(', ')}`,
						ko: `${missing.join(', ')}을(를) 요청하는데 ${name}은(는) ${offered.join(', ')}만 제공합니다`,
						claimSpec: {accessModes: offered},
						volume: [
							exchange(volume, [{path: ['spec', 'accessModes'], from: offered, to: [...offered, ...missing]}], {
								side: 'storage',
								sure: false,
								text: {
									en: `Let ${name} be used as ${missing.join(', ')}`,
									ko: `${name}을(를) ${missing.join(', ')}(으)로 쓸 수 있게 합니다`,
								},
							}),
						],
					},
				]),
		...(modeOf(claim) === modeOf(volume)
			? []
			: [
					{
						id: 'volume-mode-differs' as const,
						claimPath: 'spec.volumeMode',
						volumePath: 'spec.volumeMode',
						en: `it asks for a ${modeOf(claim)} volume, and ${name} is a ${modeOf(volume)} volume`,
						ko: `${modeOf(claim)} 볼륨을 요청하는데 ${name}은(는) ${modeOf(volume)} 볼륨입니다`,
						claimSpec: {volumeMode: modeOf(volume)},
						volume: [],
					},
				]),
		...(selector === undefined || fitsSelector(selector, volume.metadata.labels)
			? []
			: [
					{
						id: 'claim-selector-fits-no-volume' as const,
						claimPath: 'spec.selector',
						volumePath: 'metadata.labels',
						en: `it selects ${canonicalJson(selector)}, and ${name} has labels ${canonicalJson(volume.metadata.labels ?? {})}`,
						ko: `${canonicalJson(selector)} 라벨을 고르는데 ${name}의 라벨은 ${canonicalJson(volume.metadata.labels ?? {})}입니다`,
						// Without what it says in expressions it would select more than it was meant to.
						claimSpec: expressions.length > 0 ? undefined : {selector: {matchLabels: labelsOfBoth(selector, volume)}},
						volume:
							labels === undefined
								? []
								: [
										merge(
											volume,
											{metadata: {labels}},
											{
												side: 'storage',
												sure: true,
												text: {en: `Give ${name} the labels that the claim selects`, ko: `${name}에 클레임이 고르는 라벨을 붙입니다`},
											},
										),
									],
					},
				]),
	];
}

const classOf = (object: KubeObject) => textAt(object, 'spec', 'storageClassName') ?? '';

function misfitCause(claim: KubeObject, volume: KubeObject, misfit: Misfit): Cause {
	const isVolume = misfit.id === 'volume-held' || isChangedLater(volume, claim);
	const anew =
		misfit.claimSpec === undefined
			? []
			: claimAnew(claim, misfit.claimSpec, {
					sure: !isVolume,
					what: Object.keys(misfit.claimSpec)
						.map(field => `${field} of ${volume.metadata.name}`)
						.join(', '),
				});
	const name = refText(refOf(claim));
	return {
		id: misfit.id,
		resource: refOf(isVolume ? volume : claim),
		path: isVolume ? misfit.volumePath : misfit.claimPath,
		hurts: [refOf(claim)],
		cause: {en: `${name} gets no volume: ${misfit.en}`, ko: `${name}에 볼륨이 연결되지 않습니다: ${misfit.ko}`},
		evidence: [
			{source: name, detail: `${textAt(claim, 'status', 'phase') ?? 'Pending'}, class ${classOf(claim) || '(none)'}`},
			{source: refText(refOf(volume)), detail: misfit.en},
			...changeEvidence(isVolume ? volume : claim),
		],
		remedies: isVolume ? [...misfit.volume, ...anew] : [...anew, ...misfit.volume],
	};
}

/** Provisioners of disks that one node holds at a time. */
const ofOneNode =
	/^(?:ebs\.csi\.aws\.com|kubernetes\.io\/(?:aws-ebs|gce-pd|azure-disk|cinder|vsphere-volume)|pd\.csi\.storage\.gke\.io|disk\.csi\.azure\.com|cinder\.csi\.openstack\.org|rancher\.io\/local-path|csi\.vsphere\.vmware\.com|dobs\.csi\.digitalocean\.com|csi\.hetzner\.cloud|topolvm\.io|local\.csi\.openebs\.io)$/;

function provisionedCause(claim: KubeObject, found: KubeObject): Cause | undefined {
	const provisioner = textAt(found, 'provisioner') ?? '';
	const wide = modesOf(claim).filter(mode => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
	if (wide.length === 0 || !ofOneNode.test(provisioner) || modeOf(claim) === 'Block') return undefined;
	const name = refText(refOf(claim));
	return {
		id: 'access-mode-not-offered',
		resource: refOf(claim),
		path: 'spec.accessModes',
		cause: {
			en: `${name} asks for ${wide.join(', ')}, and StorageClass ${found.metadata.name} (${provisioner}) makes volumes for one node at a time`,
			ko: `${name}이(가) ${wide.join(', ')}을(를) 요청하는데 StorageClass ${found.metadata.name}(${provisioner})는 한 노드에서만 쓰는 볼륨을 만듭니다`,
		},
		evidence: [
			{source: name, detail: `accessModes ${modesOf(claim).join(', ')}`},
			{source: refText(refOf(found)), detail: `provisioner ${provisioner}`},
			...changeEvidence(claim),
		],
		remedies: claimAnew(claim, {accessModes: ['ReadWriteOnce']}, {sure: false, what: 'ReadWriteOnce'}),
	};
}

/** Why a claim whose class is there gets no volume: what the nearest one lacks, or that there is none. Undefined where one may still come. */
export function volumeCause(claim: KubeObject, {scene}: Case): Cause | undefined {
	const asked = textAt(claim, 'spec', 'storageClassName');
	const found = ofKind(scene, 'StorageClass').find(each => (asked === undefined ? isDefaultClass(each) : each.metadata.name === asked));
	if (isUnread(scene, 'PersistentVolume') || (found === undefined && asked !== '')) return undefined;
	const wanted = textAt(claim, 'spec', 'volumeName');
	const isMade = found !== undefined && textAt(found, 'provisioner') !== 'kubernetes.io/no-provisioner';
	if (isMade && wanted === undefined) return provisionedCause(claim, found);
	const className = found?.metadata.name ?? '';
	const volumes = ofKind(scene, 'PersistentVolume').filter(each =>
		wanted === undefined ? classOf(each) === className : each.metadata.name === wanted,
	);
	const fits = volumes.map(volume => ({volume, misfits: misfitsOf(claim, volume)}));
	if (fits.some(({misfits}) => misfits.length === 0)) return undefined;
	const near = fits
		.filter(({misfits}) => misfits.length === 1)
		// What is another's is no volume that was meant, unless it is named.
		.filter(
			({misfits, volume}) => misfits[0]?.id !== 'volume-held' || wanted !== undefined || textAt(volume, 'status', 'phase') !== 'Bound',
		)
		.toSorted((a, b) => Number(a.misfits[0]?.id === 'volume-held') - Number(b.misfits[0]?.id === 'volume-held'));
	const [nearest] = near;
	const [misfit] = nearest?.misfits ?? [];
	if (nearest !== undefined && misfit !== undefined) return misfitCause(claim, nearest.volume, misfit);
	return noVolume(claim, className, wanted, volumes);
}

function noVolume(claim: KubeObject, className: string, wanted: string | undefined, volumes: readonly KubeObject[]): Cause {
	const name = refText(refOf(claim));
	const size = String(sizeOf(claim) ?? '');
	const free = volumes.filter(each => textAt(each, 'status', 'phase') === 'Available');
	const isGone = wanted !== undefined && volumes.length === 0;
	return {
		id: 'no-volume-fits',
		resource: refOf(claim),
		path: isGone ? 'spec.volumeName' : 'spec.storageClassName',
		cause: isGone
			? {
					en: `${name} waits for PersistentVolume ${wanted}, which is not there`,
					ko: `${name}이(가) 기다리는 PersistentVolume ${wanted}이(가) 없습니다`,
				}
			: {
					en: `${name} waits for a volume of ${size}: StorageClass ${className || '(none)'} makes none by itself, and ${free.length === 0 ? 'no PersistentVolume of it is free' : 'the free ones do not fit'}`,
					ko: `${name}가 ${size} 볼륨을 기다립니다: StorageClass ${className || '(없음)'}는 볼륨을 만들어 주지 않고 ${free.length === 0 ? '남은 PersistentVolume이 없습니다' : '남은 볼륨은 맞지 않습니다'}`,
				},
		evidence: [
			{source: name, detail: `class ${className || '(none)'}${wanted === undefined ? '' : `, volumeName ${wanted}`}`},
			...free.slice(0, 3).map(each => ({source: refText(refOf(each)), detail: String(valueAt(each, 'spec', 'capacity', 'storage'))})),
		],
		remedies: [],
	};
}
