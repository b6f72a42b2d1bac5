import type {Json} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {type Assigned, assignedIn} from '../../fields/assigned.ts';
import {type Field, ownNames} from '../../fields/field.ts';
import {type FieldPlace, fieldPlace} from '../../fields/field-place.ts';
import {allNested} from '../../fields/nested/all-nested.ts';
import {joined, type Nested} from '../../fields/nested/nested.ts';
import {ownWords, partsOf} from '../../fields/own-words.ts';
import {fields} from '../../fields/vocabulary.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {spoken as isSaid} from '../../words/spoken.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt, type Step} from '../change-at.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {downwardIn} from '../env/downward.ts';
import {plainText} from '../plain-text.ts';
import {probeKinds} from '../probes/probe-words.ts';
import {isQuestion, targetsIn, withoutJobs} from '../targets.ts';
import {suspensionBeside} from './cron-intent.ts';

function placeOf(asking: Asking, object: KubeObject, field: Pick<Field, 'place' | 'path'>): FieldPlace | Question | undefined {
	if (field.place !== 'container') return fieldPlace(object, field);
	const container = containerSpoken(asking, object);
	return 'kind' in container ? container : fieldPlace(object, field, container);
}

const nameOf = ({path}: Pick<Field, 'path'>) => path.at(-1) ?? '';

function withField(whole: Json | undefined, path: readonly Step[], {field, value}: Assigned): Json | undefined {
	const set = changeAt(whole, path, () => value);
	const rolling = rollingOf[field.path.join('.')];
	const plain = rolling !== undefined && value !== 'RollingUpdate' ? changeAt(set, rolling, () => undefined) : set;
	return field.instead === undefined ? plain : changeAt(plain, field.instead, () => undefined);
}

/** What another way of updating excludes. */
const rollingOf: {readonly [path: string]: readonly string[]} = {
	'spec.strategy.type': ['spec', 'strategy', 'rollingUpdate'],
	'spec.updateStrategy.type': ['spec', 'updateStrategy', 'rollingUpdate'],
};

/** The object's own name is no value, and may hold a word for a field. */
const withoutName = ({text}: Clause, {metadata}: KubeObject) => clauseOf(text.replaceAll(metadata.name, ' '));

const removing = 'remove drop delete unset clear get_rid_of 제거 삭제 지우 빼 없애 해제';

/** Whether a field is called by its own name, which is no ordinary word. */
const isNamed = (text: string, {path}: Field) =>
	ownNames(path).some(name => partsOf(name).length > 1 && new RegExp(ownWords([name])).test(text));

/** A field that is taken out, so that its default holds: `drop the priority class of web`. */
function withoutFields(asking: Asking, object: KubeObject, own: readonly Field[]): Edit | Question | undefined {
	if (!isSaid(asking.clause, removing)) return undefined;
	let after: Json | undefined = object;
	const told: string[] = [];
	const text = plainText(asking.clause);
	for (const field of own) {
		const place = isNamed(text, field) ? placeOf(asking, object, field) : undefined;
		if (place === undefined || 'kind' in place || place.now === undefined) continue;
		after = changeAt(after, place.path, () => undefined);
		told.push(`-${nameOf(field)}`);
	}
	return told.length === 0 ? undefined : {after, told: told.join(', ')};
}

function edited(asking: Asking, object: KubeObject, spoken: readonly Field[]): Edit | Question | undefined {
	const {clause} = asking;
	const own = spoken.filter(({kinds}) => kinds.includes(object.kind));
	const nested = toldNested(clause, object);
	const assigned = assignedIn(withoutName(clause, object), own);
	const open = own.find(({holds, strict}) => typeof holds === 'string' && strict !== true);
	if (assigned.length === 0 && nested.length === 0) {
		const without = withoutFields(asking, object, own);
		if (open === undefined || without !== undefined) return without;
		const {name} = object.metadata;
		return question(clause, `What should ${nameOf(open)} of ${name} be?`, `${name}의 ${nameOf(open)} 값을 얼마로 할까요?`);
	}
	let after: Json | undefined = object;
	for (const one of assigned) {
		const place = placeOf(asking, object, one.field);
		if (place === undefined) continue;
		if ('kind' in place) return place;
		after = withField(after, place.path, one);
	}
	for (const {field, value} of nested) {
		const place = placeOf(asking, object, field);
		if (place === undefined) continue;
		if ('kind' in place) return place;
		after = changeAt(after, place.path, now => joined(now, value));
	}
	const suspend = suspensionBeside(clause, object);
	if (suspend !== undefined) after = changeAt(after, ['spec', 'suspend'], () => suspend);
	const told = [
		...(suspend === undefined ? [] : [`suspend ${suspend}`]),
		...assigned.map(({field, value}) => `${nameOf(field)} ${String(value)}`),
		...nested.map(({field}) => nameOf(field)),
	];
	return {after, told: told.join(', ')};
}

/** The lists and maps that a clause tells of an object. */
const toldNested = (clause: Clause, object: KubeObject) =>
	allNested.flatMap(field => {
		const value = field.kinds.includes(object.kind) ? field.read(clause, object) : undefined;
		return value === undefined ? [] : [{field, value}];
	});

/** Whether words for a field, or for one of its values that says the field by itself, stand in a text. */
const isSpoken = (text: string, {words, holds, means = []}: Field) =>
	text.search(words) !== -1 ||
	[...means, ...(typeof holds === 'string' ? [] : holds)].some(choice => choice.alone === true && text.search(choice.words) !== -1);

/** Kinds that stand beside a workload of the same name: ordinary words mean one of them only where the kind is said. */
const beside: ReadonlySet<string> = new Set(
	'PodDisruptionBudget HorizontalPodAutoscaler PriorityClass StorageClass ServiceAccount Ingress IngressClass PersistentVolumeClaim'.split(
		' ',
	),
);

const isCalled = ({kinds}: Field, said: ReadonlySet<string>) => kinds.some(kind => !beside.has(kind) || said.has(kind));

/** The fields of the kinds that a clause says, if it says one that has any of them; else all. */
function meant<One extends Field | Nested>(clause: Clause, spoken: readonly One[]) {
	const said = new Set(kindsIn(clause).map(({kind}) => kind));
	const all = spoken.map(field => ({field, kinds: changeable(field)}));
	const ofSaid = all.map(({field, kinds}) => ({field, kinds: kinds.filter(kind => said.has(kind))})).filter(({kinds}) => kinds.length > 0);
	return ofSaid.length === 0 ? all : ofSaid;
}

/** Whose fields are changed: a pod's own are as good as fixed, so its words mean what runs the pods. */
const changeable = ({kinds}: Pick<Field, 'kinds'>) => kinds.filter(kind => kind !== 'Pod');

/** To see whether a clause speaks of a list at all. */
const nothing: KubeObject = {apiVersion: 'v1', kind: '', metadata: {name: ''}};

const isTold = (clause: Clause, field: Field | Nested) => 'read' in field || assignedIn(clause, [field]).length > 0;

/** Changes fields that are called by their names, or by the words people have for them. */
export const fieldsIntent: Intent = {
	name: 'fields',
	async understand(whole, world, talk) {
		// `TIMEOUT=5` is a variable, whatever field its name is like.
		const clause = clauseOf(whole.text.replaceAll(/(?<![\w.-])[A-Z][A-Z0-9_]*=\S+/g, ' '));
		const asking = {clause, world, talk};
		// `NODE from spec.nodeName`: a field that a variable is filled with is not set.
		if (downwardIn(clause) !== undefined && clause.words.some(({raw}) => /^[A-Z][A-Z0-9_]+$/.test(raw))) return undefined;
		const text = plainText(clause);
		const said = new Set(kindsIn(clause).map(({kind}) => kind));
		// A timeout of a probe is none of a Service.
		const isOfProbe = probeKinds(text).length > 0 && !said.has('Service');
		const spoken = fields
			.filter(field => !(isOfProbe && field.kinds.every(kind => kind === 'Service')))
			.filter(field => isSpoken(text, field) && (isCalled(field, said) || isNamed(text, field)));
		const nested = allNested.filter(({read}) => read(clause, nothing) !== undefined);
		const found = await changedAs(asking, [...spoken, ...nested], spoken);
		if (found !== undefined || !said.has('Job')) return found;
		return changedAs({...asking, clause: withoutJobs(clause)}, [...spoken, ...nested], spoken);
	},
};

async function changedAs(asking: Asking, told: readonly (Field | Nested)[], spoken: readonly Field[]): Promise<Understanding | undefined> {
	for (const {field, kinds} of meant(asking.clause, told)) {
		const targets = await targetsIn(asking, kinds);
		if (isQuestion(targets) ? !isTold(asking.clause, field) : targets.length === 0) continue;
		const found = await editTargets(asking, kinds, object => edited(asking, object, spoken));
		if (found !== undefined) return found;
	}
	return undefined;
}
