import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {lacking, type Made, objects} from '../made.ts';
import {type ClaimSource, claimOf} from '../manifests/limits.ts';
import type {ClaimWish} from '../manifests/workloads.ts';
import {nameIn} from '../name-in.ts';
import {claimLike} from '../reading/claim-model.ts';
import {firstList, namesListed} from '../reading/limits/names-listed.ts';
import {isNameWord} from '../reading/naming.ts';
import {classIn, spokenModes} from '../reading/volumes.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene} from '../scene.ts';
import {nameByVerb} from '../workload-name.ts';

const block =
	/\braw block\b|\bblock[ -](?:mode|volumes?|devices?)\b|\bvolume ?mode:?(?: (?:is|of))? ?block\b|블록 ?(?:모드|볼륨|디바이스|장치|타입)|(?:볼륨 ?)?모드(?:는|가|를)? ?(?:block|블록)/i;
const noClass = /\b(?:no|without an?y?|empty|blank) (?:storage ?)?class\b|(?:스토리지 ?)?클래스(?:는|가)? ?(?:없이|비워|빈)/i;
/** The class that the cluster gives where none is named. */
const ofCluster = /\bdefault (?:storage ?)?class\b|기본 ?(?:스토리지 ?)?클래스/i;
const copies = /\b(?:clon\w+|cop(?:y|ied|ies)|duplicat\w+)\b|복제|복사|클론/i;
const restores = /\b(?:from|restor\w+|based on|off|out of)\b|복원|복구|에서|로부터|기반|으로/i;

/** A name that stands beside a word: `snapshot nightly`, `nightly 스냅샷`. */
function nameNear(wish: Wish, word: RegExp, isFree: (at: number) => boolean): string | undefined {
	const at = wish.words.findIndex((_, index) => word.test(plainAt(wish, index)) && !/^claims?$/.test(plainAt(wish, index + 1)));
	if (at < 0) return undefined;
	const isName = (index: number) => isNameWord(wish, index) && isFree(index);
	const behind = [at + 1, at + 2].find(
		(index, step) => isName(index) && (step === 0 || /^(?:named|called|is|:|이름은?)$/.test(plainAt(wish, at + 1))),
	);
	const found =
		behind !== undefined && wish.words[at]?.stop !== ',' && wish.words[at]?.stop !== '.'
			? behind
			: isName(at - 1) && wish.words[at - 1]?.stop === undefined
				? at - 1
				: undefined;
	return found === undefined ? undefined : wish.words[found]?.raw;
}

/** The live claim that the new one starts as a copy of. */
function copied(wish: Wish, name: string, claims: readonly KubeObject[]): KubeObject | undefined {
	if (!says(wish, copies)) return undefined;
	return claims.find(({metadata}) => metadata.name !== name && wish.words.some(({raw}) => raw === metadata.name));
}

/** Labels of the volume that may be bound: `selector tier=gold`, `volumes labelled tier=gold`. */
function volumeLabels({text}: Wish): ClaimSource['selector'] {
	const found =
		/(?:\bselector\b|\bvolumes? (?:that (?:is|are) )?(?:labell?ed|with (?:the )?labels?)|셀렉터(?:는|가)?|라벨이? ?[^\s,]+인 볼륨|볼륨 ?라벨)[: ]+(?:with |of )?([a-z][\w./-]*)[=:] ?([\w.-]+)/i.exec(
			text,
		);
	const [, key, value] = found ?? [];
	return key === undefined || value === undefined ? undefined : {matchLabels: {[key]: value}};
}

function sourceIn(wish: Wish, name: string, origin: KubeObject | undefined, isFree: (at: number) => boolean): ClaimSource {
	const isSnapshot = says(wish, /snapshot|스냅샷/i) && says(wish, restores);
	const snapshot = isSnapshot
		? nameNear(wish, /^(?:volume-?)?snapshots?$|^(?:볼륨)?스냅샷/, at => isFree(at) && wish.words[at]?.raw !== name)
		: undefined;
	const volume = nameNear(
		wish,
		/^(?:pvs?|persistentvolumes?|volumes?|volumename)$|^볼륨(?:은|을|이|명은?)?$/,
		at => isFree(at) && wish.words[at]?.raw !== name,
	);
	const selector = volumeLabels(wish);
	return {
		...(says(wish, block) ? {volumeMode: 'Block'} : {}),
		...(volume === undefined || origin !== undefined || snapshot !== undefined ? {} : {volumeName: volume}),
		...(selector === undefined ? {} : {selector}),
		...(origin !== undefined
			? {dataSource: {kind: 'PersistentVolumeClaim', name: origin.metadata.name}}
			: snapshot !== undefined
				? {dataSource: {apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: snapshot}}
				: {}),
	};
}

/** How much, of which class and how; what another claim is the model of where nothing else is said. */
function claimIn(wish: Wish, classes: readonly string[], model: Model): ClaimWish | undefined {
	const said = wish.amounts.find(amount => amount.kind === 'quantity' && amount.measures === 'bytes');
	const size = said?.kind === 'quantity' ? said.quantity : model.size;
	if (size === undefined) return undefined;
	// The words for a class that another claim has name none.
	const known = says(wish, noClass) ? '' : says(wish, ofCluster) ? undefined : classIn(wish, 0, wish.words.length, classes);
	const className = 'className' in model && (known === undefined || !(known === '' || classes.includes(known))) ? model.className : known;
	const modes = [spokenModes(wish.text), model.modes ?? [], ['ReadWriteOnce']].find(list => list.length > 0) ?? [];
	return {size, className, modes};
}

/** What a copy has of its origin. */
const ofOrigin = (origin: KubeObject) => ({
	size: textAt(origin, 'spec', 'resources', 'requests', 'storage'),
	className: textAt(origin, 'spec', 'storageClassName'),
	modes: listAt(origin, 'spec', 'accessModes').filter(mode => typeof mode === 'string'),
});

/** What another claim says of a new one; undefined where it has none of it. */
type Model = {readonly [field in keyof ClaimWish]?: ClaimWish[field] | undefined};

/** Those of a namespace first. */
async function claimsNear(scene: Scene, namespace: string): Promise<readonly KubeObject[]> {
	const all = await objectsOf(scene, 'PersistentVolumeClaim');
	return all.toSorted((a, b) => Number(b.metadata.namespace === namespace) - Number(a.metadata.namespace === namespace));
}

/** Claims for storage, one or several of a size. */
export async function makeClaim(scene: Scene): Promise<Made> {
	const {wish, spoken} = scene;
	const classes = (await objectsOf(scene, 'StorageClass')).map(({metadata}) => metadata.name);
	const isFree = (at: number) => !spoken.some(each => each.at === at) && !classes.includes(wish.words[at]?.raw ?? '');
	const listed = says(wish, /\b(?:claims|pvcs)\b|(?:클레임|pvc) ?(?:두|세|네|\d) ?개|각각|씩/i) ? firstList(wish, isFree) : [];
	const name = listed[0] ?? nameIn(scene) ?? nameByVerb(scene);
	const isSized = wish.amounts.some(({kind}) => kind === 'quantity');
	if (name === undefined)
		return lacking(
			wish,
			`What should the claim be called${isSized ? '' : ', and how large should it be'}?`,
			`볼륨 클레임 이름${isSized ? '을 무엇으로' : '과 크기를 어떻게'} 할까요?`,
		);
	const namespace = placeOf(scene);
	const first = wish.words.findIndex(({raw}) => raw === name);
	const names = namesListed(wish, first).filter(
		each => each === name || !(classes.includes(each) || spoken.some(place => place.namespace === each)),
	);
	for (const each of names) {
		const there = await alreadyThere(scene, 'PersistentVolumeClaim', each, namespace);
		if (there !== undefined) return there;
	}
	const origin = copied(wish, name, await objectsOf(scene, 'PersistentVolumeClaim', namespace));
	const model = origin === undefined ? claimLike(wish, name, await claimsNear(scene, namespace)) : ofOrigin(origin);
	const claim = claimIn(wish, classes, model ?? {});
	if (claim === undefined) return lacking(wish, `How large should claim ${name} be?`, `볼륨 클레임 ${name}의 크기는 얼마로 할까요?`);
	return objects(...names.map(each => claimOf({name: each, namespace}, claim, sourceIn(wish, each, origin, isFree))));
}
