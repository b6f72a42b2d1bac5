import {isJsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {plannedIn} from '../../create/make-all.ts';
import type {Intent} from '../../understanding.ts';
import {renamedIn} from '../../words/renaming.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Container, containersIn} from '../containers.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {speaksOfLabels} from '../labels/label-words.ts';
import {podKinds} from '../targets.ts';
import {prefixIn, wholeSource, withSource} from './env-from.ts';
import {formed} from './formed.ts';
import {knownValue} from './known-value.ts';
import {type Variable, withVariables} from './set-env.ts';
import {speaksOfVariables, variablesIn} from './variable-words.ts';

const namesOf = (container: {readonly spec: Parameters<typeof listAt>[0]}) =>
	listAt(container.spec, 'env').flatMap(variable => textAt(variable, 'name') ?? []);

/** What a variable of an object is now, where it is written out. */
const writtenValue = (object: KubeObject, name: string) =>
	containersIn(object)
		.flatMap(({spec}) => listAt(spec, 'env'))
		.flatMap(variable => (textAt(variable, 'name') === name ? (textAt(variable, 'value') ?? []) : []))[0];

const settingsOf = (object: KubeObject) =>
	containersIn(object)
		.flatMap(({spec}) => listAt(spec, 'env'))
		.flatMap(variable => {
			const [name, value] = [textAt(variable, 'name'), textAt(variable, 'value')];
			return name === undefined || value === undefined ? [] : [{name, value}];
		});

/** The container that has the variable already, where only one has it. */
function holding(object: KubeObject, names: readonly string[]) {
	const found = containersIn(object).filter(container => namesOf(container).some(name => names.includes(name)));
	return found.length === 1 ? found[0] : undefined;
}

/** A reference to a key that is not there keeps the new pods from starting. */
function missingKey({clause}: Asking, variable: Variable, sources: readonly KubeObject[]): Question | undefined {
	if (!('from' in variable)) return undefined;
	const source = sources.find(
		({metadata, kind}) => metadata.name === variable.object && kind.toLowerCase().startsWith(variable.from.slice(0, 6).toLowerCase()),
	);
	const keys = Object.keys({...objectAt(source, 'data'), ...objectAt(source, 'binaryData')});
	if (keys.includes(variable.key)) return undefined;
	const list = keys.join(', ');
	return question(
		clause,
		`${variable.object} has no key ${variable.key}. Which of its keys should ${variable.name} take: ${list}?`,
		`${variable.object}에 ${variable.key} 키가 없습니다. ${variable.name}에 어느 키를 쓸까요: ${list}?`,
	);
}

/**
 * `KAFKA still points to a:9092, make it b:9092`: the clause without the value that stands there, where a variable would get that one.
 * Undefined: none would.
 */
function withoutNow(clause: Clause, variables: readonly Variable[], object: KubeObject): Clause | undefined {
	const stale = variables.find(
		variable => 'value' in variable && variable.at !== undefined && variable.value === writtenValue(object, variable.name),
	);
	const at = stale !== undefined && 'value' in stale ? stale.at : undefined;
	if (at === undefined) return undefined;
	const from = /^(?:to|is|at|as|on|=)$/.test(clause.words[at - 1]?.text ?? '') ? at - 1 : at;
	const raw = clause.words[at]?.raw ?? '';
	return {...clause, text: clause.text.replace(raw, ' '), words: clause.words.filter((_, index) => index < from || index > at)};
}

/** What the variable holds stays, whatever it is called. */
function withName(object: KubeObject, container: Container, {old, next}: {readonly old: string; readonly next: string}): Edit {
	const after = changeAt(object, [...container.path, 'env', {named: old}], variable =>
		isJsonObject(variable) ? {...variable, name: next} : variable,
	);
	return {after, told: `${container.name} ${old} → ${next}`};
}

const sourceKinds = ['ConfigMap', 'Secret'];

async function edited(asking: Asking, object: KubeObject): Promise<Edit | Question | undefined> {
	const {clause: whole, world, talk} = asking;
	const made = plannedIn(talk).filter(({kind, metadata}) => sourceKinds.includes(kind) && metadata.namespace === object.metadata.namespace);
	const live = (await Promise.all(sourceKinds.map(kind => world.objects(kind, object.metadata.namespace)))).flat();
	const sources = [...live, ...made];
	const source = speaksOfVariables(whole) || /envfrom/i.test(whole.text) ? wholeSource(whole, sources, made) : undefined;
	if (source !== undefined) {
		const container = containerSpoken(asking, object);
		return 'kind' in container
			? container
			: {after: withSource(object, container, source, prefixIn(whole)), told: `${container.name} envFrom ${source.metadata.name}`};
	}
	const known = containersIn(object).flatMap(namesOf);
	const renamed = renamedIn(whole, known);
	const holder = renamed === undefined ? undefined : holding(object, [renamed.old]);
	if (renamed !== undefined && holder !== undefined) return withName(object, holder, renamed);
	const heardIn = (clause: Clause) =>
		variablesIn(clause, known, sources, object.metadata.name).filter(
			({name}) => speaksOfVariables(clause) || known.includes(name) || /[A-Z]/.test(name),
		);
	const heard = heardIn(whole);
	const rest = withoutNow(whole, heard, object);
	const retold = rest === undefined ? [] : heardIn(rest);
	const [clause, spokenOf] = rest !== undefined && retold.some(variable => 'value' in variable) ? [rest, retold] : [whole, heard];
	const replaced = spokenOf.length > 0 ? undefined : knownValue(clause, settingsOf(object));
	const said = replaced === undefined ? spokenOf : [replaced];
	if (said.length === 0) return undefined;
	const variables = formed(clause, said, name => writtenValue(object, name));
	if ('kind' in variables) return variables;
	const missing = variables.map(variable => missingKey(asking, variable, sources)).find(asked => asked !== undefined);
	if (missing !== undefined) return missing;
	const absent = variables.find(variable => 'remove' in variable && !known.includes(variable.name));
	if (absent !== undefined)
		return question(
			clause,
			`${object.metadata.name} has no variable ${absent.name}. It has: ${known.join(', ') || '-'}. Which one should go?`,
			`${object.metadata.name}에는 ${absent.name} 변수가 없습니다. 지금 있는 것: ${known.join(', ') || '-'}. 어느 것을 뺄까요?`,
		);
	const names = variables.map(({name}) => name);
	const meant = containerSpoken(asking, object);
	const container = 'kind' in meant ? (holding(object, names) ?? meant) : meant;
	if ('kind' in container) return container;
	const told = variables.map(variable => `${'remove' in variable ? '-' : ''}${variable.name}`).join(', ');
	return {after: withVariables(object, container, variables), told: `${container.name} ${told}`};
}

/** One value may take the place of another, though no variable is named. */
const mayReplace =
	/envfrom|\binstead of\b|\brather than\b|\bno longer\b|\b(?:level|fall ?back|provider|via|swap|not)\b|\bfrom\b.+\bto\b|->|→|대신|말고|에서/i;

/** Sets and removes environment variables; values may come from a key of a ConfigMap or a Secret. */
export const envIntent: Intent = {
	name: 'env',
	async understand(clause, world, talk) {
		if (speaksOfLabels(clause)) return undefined;
		const asking = {clause, world, talk};
		const speaks = speaksOfVariables(clause) || clause.words.some(({raw}) => /^[A-Z][A-Z0-9_]{2,}$|^TZ$|^[A-Z][A-Z0-9_]+=/.test(raw));
		if (!speaks && !mayReplace.test(clause.text)) return undefined;
		const found = await editTargets(asking, podKinds, object => edited(asking, object));
		return speaks || found?.kind === 'calls' ? found : undefined;
	},
};
