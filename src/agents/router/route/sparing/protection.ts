import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import {containersIn} from '../../change/containers.ts';
import {kindsIn, workloadKinds} from '../../names/kinds-in.ts';
import {scopeIn} from '../../names/scope-in.ts';
import type {Call} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import type {World} from '../../world.ts';
import {namedKinds} from '../ordered.ts';
import {objectsOf, ofKinds} from '../spared-names.ts';
import {fieldWritten} from './field-words.ts';

/** What no call may touch. */
export type Protection = {
	readonly objects: readonly KubeObject[];
	/** Where no object is named. */
	readonly kinds: readonly string[];
	readonly namespaces: readonly string[];
	/** Only these parts, of the objects or of whatever is ordered: fields, keys, containers, as a call writes them. */
	readonly parts: readonly RegExp[];
	/** `the rest`, `everything else`: what the order does not speak of anyway. */
	readonly isRest: boolean;
};

const filler =
	/^(?:the|a|an|both|all|two|three|of|and|or|nor|neither|one|ones|in|on|at|from|for|its|their|it|own|our|namesake|copy|container|containers|key|keys|map|value|values|figure|figures|setting|settings|part|side|existing|current|any|that|this|these|those|there|with|same|old|new|pods?|workloads?|apps?|zone|named|called|to|v?\d\S*|그|이|저|것|거|건|게|둘|두|세|다|모두|전부|아직|아직은|지금|절대|절대로|그냥|따로|계속|원래|일단|당분간|우선|이번|이번에|쪽|컨테이너|파드|값|키|변수|설정|기존|현재|이미|안|하고|과|와|랑|및|그리고|수|개|있|있는|것들|는|은|대)$/;
const restWords = /^(?:rest|other|others|else|everything|remaining|original|originals|나머지|그외|다른|원본)$/;
const pronoun = /^(?:it|them|that(?: one)?|this(?: one)?|those|these|they|both|there|그것|그거|그건|이건|이것)$/;

/** What is meant by words that say what is spared: `pronoun` of what stands before; undefined where a word of them is none that is known. */
export async function protectionOf(said: string, world: World): Promise<Protection | 'pronoun' | undefined> {
	const text = said.trim();
	if (pronoun.test(text.toLowerCase())) return 'pronoun';
	const clause = clauseOf(text);
	const [scope, lists] = await Promise.all([scopeIn(clause, world), Promise.all(namedKinds.map(kind => world.objects(kind)))]);
	const all = lists.flat();
	const kinds = kindsIn(clause);
	const saysContainer = /\bcontainers?\b|컨테이너/i.test(text);
	const named: KubeObject[] = [];
	const parts: RegExp[] = [];
	const namespaces = new Set<string>();
	let isRest = false;
	for (const [at, {text: word, raw}] of clause.words.entries()) {
		const place = scope.at.has(at) && !belongs(clause.words[at - 1]?.text, clause.words[at + 1]?.text);
		const objects = place ? [] : namedBy(word, all);
		const container = hasContainer(raw, all);
		const field = fieldWritten(/^(?:pods?|파드)$/.test(clause.words[at - 1]?.text ?? '') ? `pod ${word}` : word) ?? fieldWritten(word);
		if (place) for (const name of scope.namespaces ?? []) namespaces.add(name);
		else if (container && (saysContainer || objects.length === 0)) parts.push(wholeWord(raw));
		else if (objects.length > 0) named.push(...objects);
		else if (isKey(raw, all)) parts.push(wholeWord(raw));
		else if (kinds.some(({first, last}) => at >= first && at <= last)) continue;
		else if (field !== undefined) parts.push(field);
		else if (restWords.test(word)) isRest = true;
		else if (!filler.test(word)) return undefined;
	}
	const inside = named.filter(
		({metadata}) => namespaces.size === 0 || metadata.namespace === undefined || namespaces.has(metadata.namespace),
	);
	const objects = ofKinds(inside.length > 0 ? inside : named, text);
	const spared = {
		objects,
		kinds:
			objects.length > 0 || parts.length > 0
				? []
				: [...new Set(kinds.map(({kind}) => kind))].filter(kind => !/^(?:Pod|Namespace)$/.test(kind)),
		namespaces: objects.length > 0 ? [] : [...namespaces],
		parts,
		isRest,
	};
	const isEmpty = [spared.objects, spared.kinds, spared.namespaces, parts].every(({length}) => length === 0);
	return isEmpty && !isRest ? undefined : spared;
}

/** `its data`, `team data`: nothing of a namespace of that name. */
const belongs = (before: string | undefined, next: string | undefined) =>
	/^(?:its?|their|our|his|her|team|squad)$/.test(before ?? '') ||
	(before === 'the' && !/^(?:namespace|ns|one|copy|ones|side)$/.test(next ?? ''));

/** A name, one of its family or colours, or the last part of a node's (`a1` of `worker-a1`). */
function namedBy(word: string, all: readonly KubeObject[]): readonly KubeObject[] {
	const colour = {블루: 'blue', 그린: 'green'}[word] ?? word;
	const found = objectsOf(colour, all);
	return found.length > 0
		? found
		: all.filter(({kind, metadata}) => kind === 'Node' && /\d/.test(word) && metadata.name.endsWith(`-${word}`));
}

const hasContainer = (name: string, all: readonly KubeObject[]) =>
	all.some(
		object => (workloadKinds as readonly string[]).includes(object.kind) && containersIn(object).some(container => container.name === name),
	);

const isKey = (name: string, all: readonly KubeObject[]) =>
	/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name) ||
	all.some(
		object =>
			(object.kind === 'ConfigMap' && Object.hasOwn(objectAt(object, 'data'), name)) ||
			((workloadKinds as readonly string[]).includes(object.kind) &&
				containersIn(object).some(({spec}) => listAt(spec, 'env').some(one => textAt(one, 'name') === name))),
	);

const wholeWord = (word: string) => new RegExp(`(?<![\\w-])${RegExp.escape(word)}(?![\\w-])`);

/** Whether a call acts on what is protected. */
export function isTouched(call: Call, {objects, kinds, namespaces, parts, isRest}: Protection): boolean {
	if (isRest && objects.length === 0) return false;
	const onObject = objects.some(object => actsOn(call, object));
	const {kind, namespace, name, workload, manifest} = call.input;
	const isInside =
		namespaces.length === 0 ||
		namespaces.some(
			each =>
				namespace === each || (kind === 'Namespace' && name === each) || new RegExp(`^\\s+namespace: ${each}$`, 'm').test(String(manifest)),
		);
	if (parts.length > 0) return (objects.length === 0 || onObject) && isInside && parts.every(part => part.test(written(call)));
	if (onObject) return true;
	if (kinds.length > 0) return isInside && kinds.includes(String(kind ?? kindOfWorkload(workload)));
	return namespaces.length > 0 && isInside;
}

const kindOfWorkload = (workload: unknown) => workloadKinds.find(kind => String(workload).startsWith(`${kind.toLowerCase()}/`));

function actsOn({input}: Call, object: KubeObject): boolean {
	const {kind, namespace, name} = refOf(object);
	if (input.kind === 'Namespace') return input.name === namespace;
	if (kind === 'Node') return input.node === name || (input.kind === 'Node' && input.name === name);
	if (input.namespace !== undefined && input.namespace !== namespace) return false;
	return input.workload === `${kind.toLowerCase()}/${name}` || (input.name === name && (input.kind === undefined || input.kind === kind));
}

/** What a call writes, and the containers and variables that it writes it to. What is made anew has no part that could stay. */
function written({tool, input}: Call): string {
	if (tool === 'workload_scale') return 'replicas';
	if (typeof input.patch !== 'string') return JSON.stringify({...input, manifest: ''});
	const patch: Json = JSON.parse(input.patch);
	if (!Array.isArray(patch)) return input.patch;
	return JSON.stringify(patch.filter(step => isJsonObject(step) && (step.op !== 'test' || /\/name$/.test(String(step.path)))));
}
