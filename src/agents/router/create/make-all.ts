import {stringify} from 'yaml';
import {listAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {readManifests} from '../../../mcp/kubernetes/plan/read-manifests.ts';
import {containersIn} from '../change/containers.ts';
import type {Clause} from '../clause.ts';
import {withFields} from '../fields/with-fields.ts';
import type {Call, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import type {World} from '../world.ts';
import {makeCopies} from './copies/make-copies.ts';
import {elsewhere, isOfLive} from './elsewhere.ts';
import {forgottenKind, forgottenName, unmade} from './forgotten.ts';
import {makeNew} from './make-kind.ts';
import {isSaid} from './reading/creation.ts';
import {headOf} from './reading/head.ts';
import {clearest} from './reading/places.ts';
import {type Wish, wishOf} from './reading/wish.ts';
import {sceneOf} from './scene.ts';
import {oneForEach} from './several/one-for-each.ts';
import {unexplained} from './whole/explained.ts';
import {headFor} from './whole/new-head.ts';

/** What the clauses before make, so that this one may stand in it or before it. */
export const plannedIn = (talk: Talk): readonly KubeObject[] =>
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

/** An understanding that makes these objects, and calls what makes others. */
export function creation({language}: Clause, made: readonly KubeObject[], calls: readonly Call[]): Extract<Understanding, {kind: 'calls'}> {
	const names = [
		...made.map(object => refText(refOf(object))),
		...calls.map(({input}) => `Secret ${String(input.namespace)}/${String(input.name)}`),
	];
	const said = language === 'ko' ? `${names.join(', ')} 만들기` : `Create ${someOf(names, 5)}`;
	return {kind: 'calls', said, calls: [...(made.length === 0 ? [] : [applyOf(made)]), ...calls]};
}

/** The text without the lines that containers run: numbers in them are of no field. */
function withoutLines(text: string, object: KubeObject): string {
	const lines = containersIn(object).flatMap(({spec}) =>
		['command', 'args'].map(field => listAt(spec, field).filter(word => typeof word === 'string')),
	);
	return lines
		.flatMap(line => [line.join(' '), line.at(-1) ?? ''])
		.filter(line => line.includes(' '))
		.reduce((rest, line) => rest.replace(line, ' '), text);
}

/** A namespace that is named once is meant of all that one clause makes. */
async function placeIn(clause: Clause, world: World, planned: readonly KubeObject[]): Promise<string | undefined> {
	const scene = await sceneOf(wishOf(clause.text, clause.language), undefined, world, {planned, place: undefined});
	const best = clearest(scene.spoken);
	return best !== undefined && best.weight > 1 ? best.namespace : undefined;
}

/** Whether one of these is called as something of its kind that may be meant, without a word for making: anywhere, or for rights in the namespace that is named. */
async function isNamed(made: readonly KubeObject[], {text}: Clause, world: World): Promise<boolean> {
	for (const {kind, metadata} of made) {
		const place = /^Role/.test(kind) && text.includes(metadata.namespace ?? '') ? metadata.namespace : undefined;
		if ((await world.objects(kind, place)).some(live => live.metadata.name === metadata.name)) return true;
	}
	return false;
}

/** Kinds that hold each value that a wish says: workloads, routes and policies are told with remarks of all sorts. */
const exactly = new Set(
	'Namespace ConfigMap Secret ServiceAccount Role RoleBinding ResourceQuota LimitRange HorizontalPodAutoscaler PodDisruptionBudget'.split(
		' ',
	),
);

const unreadPart = ({language}: Clause, part: string, said: string): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `"${part}"은(는) 무엇인가요? 그 부분은 이해하지 못했습니다. 나머지는 이렇게 이해했습니다: ${said}.`
			: `What is "${part}"? That part was not understood. The rest would be: ${said}.`,
	choices: [],
});

/** What the parts of a clause want, in one apply; what has to be asked before. Undefined: they want nothing new. */
export async function makeAll(clause: Clause, parts: readonly Wish[], world: World, talk: Talk): Promise<Understanding | undefined> {
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
	const each = (await Promise.all(parts.map(part => oneForEach(part, world)))).flat();
	for (const part of each) {
		const head = await headFor(part, world);
		const around = await sceneOf(part, head?.mention, world, {planned: [...earlier, ...made], place, before});
		const scene = {...around, called: head?.name};
		const copied = await makeCopies(scene);
		const one = copied ?? (head === undefined ? undefined : await makeNew(scene, head));
		if (one === undefined) continue;
		if (one.kind === 'lacking') return {kind: 'question', text: one.text, choices: one.choices};
		const known = one.kind === 'objects' && copied === undefined ? await elsewhere(scene, one.objects) : undefined;
		if (known !== undefined) return known;
		if (one.kind === 'objects' && copied === undefined && (await isOfLive(scene, one.objects))) return undefined;
		isCopy ||= copied !== undefined;
		if (one.kind === 'objects') made.push(...one.objects.map(object => withFields(object, clauseOf(withoutLines(part.text, object)))));
		else calls.push(...one.calls);
	}
	const other = await unmade(wishOf(clause.text, clause.language), [...earlier, ...made], world);
	if (other !== undefined) return other;
	const forgotten = isNewPlace
		? forgottenName(wishOf(clause.text, clause.language), [...made, ...calls])
		: forgottenKind(wishOf(clause.text, clause.language), made);
	if (forgotten !== undefined) return forgotten;
	if (!isCopy && !isSaid(wishOf(clause.text, clause.language)) && (await isNamed(made, clause, world))) return undefined;
	if (made.length + calls.length === 0) return undefined;
	const understood = creation(clause, made, calls);
	const unread = made.every(({kind}) => exactly.has(kind))
		? await unexplained(wishOf(clause.text, clause.language), JSON.stringify(understood.calls), world)
		: undefined;
	return unread === undefined ? understood : unreadPart(clause, unread, understood.said);
}
