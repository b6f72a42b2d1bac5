import {stringify} from 'yaml';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {readManifests} from '../../../mcp/kubernetes/plan/read-manifests.ts';
import {asksToKnow} from '../change/is-change.ts';
import type {Clause} from '../clause.ts';
import {withFields} from '../fields/with-fields.ts';
import type {Call, Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {World} from '../world.ts';
import {copyWish, speaksOfCopy} from './copies/copy-wish.ts';
import {makeCopies} from './copies/make-copies.ts';
import {elsewhere, isOfLive} from './elsewhere.ts';
import {makeAccess} from './kinds/access.ts';
import {makeServiceAccount} from './kinds/account.ts';
import {makeAutoscaler} from './kinds/autoscaler.ts';
import {makeCronJob, makeJob} from './kinds/batch.ts';
import {makeBudget} from './kinds/budget.ts';
import {makeClaim} from './kinds/claim.ts';
import {makeIngress} from './kinds/ingress.ts';
import {makeLimitRange} from './kinds/limit-range.ts';
import {makePolicy} from './kinds/policy.ts';
import {makeQuota} from './kinds/quota.ts';
import {makeSecret} from './kinds/secret.ts';
import {makeService} from './kinds/service.ts';
import {makeConfigMap} from './kinds/settings.ts';
import {makeNamespaces} from './kinds/simple.ts';
import {makeStatefulSet, makeWorkload} from './kinds/workloads.ts';
import type {Made} from './made.ts';
import {isCreation, isFirm, isSaid} from './reading/creation.ts';
import {type Head, headOf} from './reading/head.ts';
import {imageIn} from './reading/image.ts';
import {type Mention, mentionsIn} from './reading/mentions.ts';
import {nameBeside} from './reading/naming.ts';
import {newnessOf} from './reading/new-thing.ts';
import {partsOf} from './reading/parts.ts';
import {clearest} from './reading/places.ts';
import {type Wish, wishOf} from './reading/wish.ts';
import {type Scene, sceneOf, unknownPlace} from './scene.ts';

/** A kind that no word names stands nowhere. */
const nowhere: Mention = {kind: 'Deployment', first: -2, last: -2};

async function make(scene: Scene, {kind, mention}: Head): Promise<Made> {
	const at = mention ?? nowhere;
	switch (kind) {
		case 'Namespace':
			return makeNamespaces(scene, at);
		case 'Pod':
		case 'Deployment':
		case 'DaemonSet':
			return makeWorkload(scene, kind);
		case 'StatefulSet':
			return makeStatefulSet(scene);
		case 'CronJob':
			return makeCronJob(scene);
		case 'Job':
			return makeJob(scene);
		case 'Service':
			return makeService(scene);
		case 'Ingress':
			return makeIngress(scene);
		case 'ConfigMap':
			return makeConfigMap(scene);
		case 'Secret':
			return makeSecret(scene);
		case 'Role':
		case 'RoleBinding':
			return makeAccess(scene);
		case 'NetworkPolicy':
			return makePolicy(scene);
		case 'HorizontalPodAutoscaler':
			return makeAutoscaler(scene);
		case 'PodDisruptionBudget':
			return makeBudget(scene);
		case 'ResourceQuota':
			return makeQuota(scene);
		case 'LimitRange':
			return makeLimitRange(scene);
		case 'PersistentVolumeClaim':
			return makeClaim(scene);
		case 'ServiceAccount':
			return makeServiceAccount(scene);
	}
}

const makeNew = async (scene: Scene, head: Head) => (head.kind === 'Namespace' ? undefined : unknownPlace(scene)) ?? make(scene, head);

/** What the clauses before make, so that this one may stand in it or before it. */
const plannedIn = (talk: Talk): readonly KubeObject[] =>
	talk.earlier
		.flatMap(one => (one.kind === 'calls' ? one.calls : []))
		.flatMap(({tool, input}) => (tool === 'resource_apply' && typeof input.manifest === 'string' ? manifestsIn(input.manifest) : []));

const manifestsIn = (text: string): readonly KubeObject[] => readManifests(text).flatMap(({object}) => (isObject(object) ? [object] : []));

const isObject = (object: {readonly [key: string]: unknown}): object is KubeObject =>
	typeof object.kind === 'string' &&
	typeof object.apiVersion === 'string' &&
	typeof object.metadata === 'object' &&
	object.metadata !== null &&
	'name' in object.metadata;

/** One apply of all objects, as YAML that a person can read in the call. What is undefined is left out. */
const applyOf = (made: readonly KubeObject[]): Call => ({
	tool: 'resource_apply',
	input: {manifest: made.map(object => stringify(object, {lineWidth: 0, aliasDuplicateObjects: false, version: '1.1'})).join('---\n')},
});

function understood({language}: Clause, made: readonly KubeObject[], calls: readonly Call[]): Understanding {
	const names = [
		...made.map(object => refText(refOf(object))),
		...calls.map(({input}) => `Secret ${String(input.namespace)}/${String(input.name)}`),
	];
	const said = language === 'ko' ? `${names.join(', ')} 만들기` : `Create ${someOf(names, 5)}`;
	return {kind: 'calls', said, calls: [...(made.length === 0 ? [] : [applyOf(made)]), ...calls]};
}

async function understand(clause: Clause, world: World, talk: Talk): Promise<Understanding | undefined> {
	const wish = wishOf(clause.text, clause.language);
	if (!isCreation(wish) || headOf(wish) === undefined) return undefined;
	// More pods of what runs are no new ones.
	if (headOf(wish)?.kind === 'Pod' && imageIn(wish) === undefined && !isFirm(wish)) return undefined;
	return makeAll(clause, partsOf(wish), world, talk);
}

/** A namespace that is named once is meant of all that one clause makes. */
async function placeIn(clause: Clause, world: World, planned: readonly KubeObject[]): Promise<string | undefined> {
	const scene = await sceneOf(wishOf(clause.text, clause.language), undefined, world, {planned, place: undefined});
	const best = clearest(scene.spoken);
	return best !== undefined && best.weight > 1 ? best.namespace : undefined;
}

/** Whether one of these is called as something of its kind anywhere is: without a word for making, that one is meant. */
async function isNamed(made: readonly KubeObject[], world: World): Promise<boolean> {
	for (const {kind, metadata} of made) if ((await world.objects(kind)).some(live => live.metadata.name === metadata.name)) return true;
	return false;
}

/** Whether a part of a wish is for a copy of something that is there. */
async function hasCopy(parts: readonly Wish[], world: World, talk: Talk): Promise<boolean> {
	for (const part of parts) {
		const scene = await sceneOf(part, undefined, world, {planned: plannedIn(talk), place: undefined});
		if ((await copyWish(scene)) !== undefined) return true;
	}
	return false;
}

async function makeAll(clause: Clause, parts: readonly Wish[], world: World, talk: Talk): Promise<Understanding | undefined> {
	const earlier = plannedIn(talk);
	const told = talk.clauses
		.slice(0, talk.index)
		.map(({text}) => text)
		.join('. ');
	const before = told === '' ? undefined : wishOf(told, clause.language);
	const made: KubeObject[] = [];
	const calls: Call[] = [];
	let isCopy = false;
	// What is made beside a new namespace is made in it.
	const isNewPlace = parts.length > 1 && parts.some(part => headOf(part)?.kind === 'Namespace');
	const place = isNewPlace ? undefined : await placeIn(clause, world, earlier);
	for (const part of parts) {
		const head = headOf(part);
		const scene = await sceneOf(part, head?.mention, world, {planned: [...earlier, ...made], place, before});
		const copied = await makeCopies(scene);
		const one = copied ?? (head === undefined ? undefined : await makeNew(scene, head));
		if (one === undefined) continue;
		if (one.kind === 'lacking') return {kind: 'question', text: one.text, choices: one.choices};
		const known = one.kind === 'objects' && copied === undefined ? await elsewhere(scene, one.objects) : undefined;
		if (known !== undefined) return known;
		if (one.kind === 'objects' && copied === undefined && (await isOfLive(scene, one.objects))) return undefined;
		isCopy ||= copied !== undefined;
		if (one.kind === 'objects') made.push(...one.objects.map(object => withFields(object, clauseOf(part.text))));
		else calls.push(...one.calls);
	}
	const forgotten = isNewPlace ? forgottenName(wishOf(clause.text, clause.language), [...made, ...calls]) : undefined;
	if (forgotten !== undefined) return forgotten;
	if (!isCopy && !isSaid(wishOf(clause.text, clause.language)) && (await isNamed(made, world))) return undefined;
	return made.length + calls.length === 0 ? undefined : understood(clause, made, calls);
}

/** Something that a wish names beside a new namespace and that nothing of the plan speaks of: it is asked for, not left out. */
function forgottenName(wish: Wish, planned: readonly object[]): Understanding | undefined {
	const all = JSON.stringify(planned);
	for (const mention of mentionsIn(wish)) {
		const at = nameBeside(wish, mention, () => false);
		const name = at === undefined ? undefined : wish.words[at]?.raw;
		if (name === undefined || all.includes(name)) continue;
		const text =
			wish.language === 'ko'
				? `${mention.kind} ${name}은(는) 어떻게 할까요? 그 부분을 이해하지 못했습니다.`
				: `What about ${mention.kind} ${name}? That part was not understood.`;
		return {kind: 'question', text, choices: []};
	}
	return undefined;
}

/** A complaint before the order makes no question of it; a sentence that asks does. */
function isQuestion({text, language}: Clause): boolean {
	const sentences = text.split(/(?<=[.!?])\s+/).map(sentence => ({text: sentence, language}));
	const asking = sentences.filter(asksToKnow);
	return asking.length === sentences.length || asking.some(sentence => sentence.text.endsWith('?'));
}

/** Kinds of which a second one is no change of the first. */
const besideWorkloads = new Set(
	'Service ServiceAccount Ingress ConfigMap Secret HorizontalPodAutoscaler PodDisruptionBudget ResourceQuota NetworkPolicy CronJob Job'.split(
		' ',
	),
);

/** A request that says outright that something is to be made: nothing else that it speaks of is asked about or changed. */
export const createFirmly: Intent = {
	name: 'create firmly',
	async understand(clause, world, talk) {
		const wish = wishOf(clause.text, clause.language);
		if (speaksOfCopy(wish) && !isQuestion(clause) && (await hasCopy(partsOf(wish), world, talk)))
			return makeAll(clause, partsOf(wish), world, talk);
		if (isFirm(wish)) return understand(clause, world, talk);
		if (isQuestion(clause) || /\bcanary\b|카나리/i.test(clause.text)) return undefined;
		const newness = await newnessOf(wish, world);
		if (newness === undefined || headOf(wish) === undefined) return undefined;
		const made = await makeAll(clause, partsOf(wish), world, talk);
		return newness === 'named' || made?.kind === 'calls' || besideWorkloads.has(headOf(wish)?.kind ?? '') ? made : undefined;
	},
};

/** Namespaces, workloads, Services, routes, settings, rights, policies, limits, jobs and claims that are to be made. */
export const createObjects: Intent = {name: 'create', understand};
