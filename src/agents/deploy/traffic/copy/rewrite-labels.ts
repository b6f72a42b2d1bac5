import {type Json, type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {fitsMap, fitsSelector} from '../../../../core/kube/selector.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import {objectsAt, textMapAt, textsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';

export type Labels = {readonly [key: string]: string};

/** One label that a copy's pods carry otherwise; undefined is a label that is not there. */
export type Rewrite = {readonly key: string; readonly from: string | undefined; readonly to: string | undefined};

/** Something that must not select the copy's pods: a label selector, or the plain map of a Service. */
export type Foreign = {readonly kind: 'selector' | 'map'; readonly selector: Json | undefined};

const fits = ({kind, selector}: Foreign, labels: Labels) => (kind === 'map' ? fitsMap(selector, labels) : fitsSelector(selector, labels));

/** Labels that name an application by habit are the ones to change where there is a choice; what tools read a meaning from comes last. */
const habit = ['app', 'app.kubernetes.io/name', 'k8s-app', 'name', 'app.kubernetes.io/instance'];
const rank = (key: string) => (habit.includes(key) ? habit.indexOf(key) : habit.length);

/**
 * Labels for a copy's pods that none of the selectors finds, with as few changes as will do: each step changes the label that the most
 * of them ask for.
 * @param suffix comes behind a value, with a number where somebody selects that value already
 * @param kept keys that are never changed
 * @returns undefined where no change helps
 */
export function rewriteLabels(
	labels: Labels,
	foreign: readonly Foreign[],
	{suffix, kept}: {readonly suffix: string; readonly kept: ReadonlySet<string>},
): {readonly labels: Labels; readonly rewritten: readonly Rewrite[]} | undefined {
	const changed = new Map<string, string | undefined>();
	let now = labels;
	for (let left = foreign.filter(each => fits(each, now)); left.length > 0; left = foreign.filter(each => fits(each, now))) {
		const remaining = (candidate: Candidate) => foreign.filter(each => fits(each, withLabel(now, candidate))).length;
		const best = left
			.flatMap(each => breakers(each, labels, suffix))
			.filter(({key}) => !kept.has(key))
			.map((candidate, index) => ({candidate, index, remaining: remaining(candidate)}))
			.sort((a, b) => a.remaining - b.remaining || rank(a.candidate.key) - rank(b.candidate.key) || a.index - b.index)[0];
		// Each step frees the labels of one selector more, so it ends.
		if (best === undefined || best.remaining >= left.length) return undefined;
		changed.set(best.candidate.key, best.candidate.to);
		now = withLabel(now, best.candidate);
	}
	const rewritten = [...changed].map(([key, to]): Rewrite => ({key, from: labels[key], to}));
	return {labels: now, rewritten: rewritten.sort((a, b) => a.key.localeCompare(b.key, 'en'))};
}

const withLabel = (labels: Labels, {key, to}: {key: string; to: string | undefined}): Labels =>
	to === undefined ? withoutKeys(labels, new Set([key])) : {...labels, [key]: to};

type Candidate = {readonly key: string; readonly to: string | undefined};

/** Values are tried in this order: one that is somebody's already frees fewer selectors. */
const endings = ['', '-2', '-3', '-4'];

/** Changes of one label, each of which a selector would no longer fit. A new value is better than a label taken away or added. */
function breakers({kind, selector}: Foreign, labels: Labels, suffix: string): readonly Candidate[] {
	const renamed = (key: string): readonly Candidate[] =>
		endings.map(ending => ({key, to: shortName(labels[key] ?? '', longest.label, `-${suffix}${ending}`)}));
	if (kind === 'map') return Object.keys(textMapAt(selector)).flatMap(renamed);
	const expressions = objectsAt(selector, 'matchExpressions');
	const withOperator = (operator: string) => expressions.filter(expression => wordAt(expression, 'operator') === operator);
	const values = [...Object.keys(textMapAt(selector, 'matchLabels')), ...withOperator('In').map(keyOf)].flatMap(renamed);
	if (values.length > 0) return values;
	return [
		...withOperator('Exists').map((expression): Candidate => ({key: keyOf(expression), to: undefined})),
		...withOperator('NotIn').map((expression): Candidate => ({key: keyOf(expression), to: textsAt(expression, 'values')[0]})),
		...withOperator('DoesNotExist').map((expression): Candidate => ({key: keyOf(expression), to: suffix})),
	];
}

const keyOf = (expression: JsonObject) => wordAt(expression, 'key');

/** A selector that meant the original's pods, for the copy's: it names the new values. `own` stands in for a label that is gone. */
export function selectorForCopy(selector: JsonObject, rewritten: readonly Rewrite[], own: Labels): JsonObject {
	const by = new Map(rewritten.map(rewrite => [rewrite.key, rewrite]));
	const isGone = (key: string) => by.has(key) && by.get(key)?.to === undefined;
	const renamed = (key: string, value: string) => {
		const rewrite = by.get(key);
		return rewrite?.from === value ? (rewrite.to ?? value) : value;
	};
	const map = Object.entries(textMapAt(selector, 'matchLabels'));
	const expressions = objectsAt(selector, 'matchExpressions');
	const kept = expressions
		.filter(expression => !by.has(keyOf(expression)) || ['In', 'Exists'].includes(wordAt(expression, 'operator')))
		.filter(expression => !isGone(keyOf(expression)))
		.map(expression => {
			const values = textsAt(expression, 'values');
			return wordAt(expression, 'operator') === 'In'
				? {...expression, values: values.map(value => renamed(keyOf(expression), value))}
				: expression;
		});
	const lost = [...map.map(([key]) => key), ...expressions.map(keyOf)].some(isGone) || kept.length < expressions.length;
	const labels = {
		...Object.fromEntries(map.filter(([key]) => !isGone(key)).map(([key, value]) => [key, renamed(key, value)])),
		...(lost ? own : {}),
	};
	return {
		...withoutKeys(selector, new Set(['matchLabels', 'matchExpressions'])),
		...(Object.keys(labels).length === 0 ? {} : {matchLabels: labels}),
		...(valueAt(selector, 'matchExpressions') === undefined || kept.length === 0 ? {} : {matchExpressions: kept}),
	};
}
