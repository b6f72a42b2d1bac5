import {canonicalJson, type Json, type JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Remedy} from '../../../diagnosis/cause.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {labelsOf} from './guarded.ts';

type Labels = JsonObject;

/** An expression that lets the pods with these labels out, as whoever wrote it most likely meant; undefined where it is about something else. */
function narrowed(expression: Json, out: Labels, keeps: readonly Labels[]): Json | undefined {
	const [key = '', operator] = ['key', 'operator'].map(field => textAt(expression, field));
	const values = listAt(expression, 'values');
	const value = out[key];
	const isShared = value !== undefined && keeps.some(labels => labels[key] === value);
	if (operator === 'In' && !isShared && values.length > 1 && value !== undefined && values.includes(value))
		return {...objectAt(expression), values: values.filter(each => each !== value)};
	if (operator === 'NotIn' && !isShared && value !== undefined) return {...objectAt(expression), values: [...values, value]};
	if (operator !== 'DoesNotExist' || value !== undefined) return undefined;
	// An exception under another name than the pods carry.
	const meant = meantName(
		key,
		Object.keys(out).filter(each => keeps.every(labels => labels[each] === undefined)),
	);
	return meant === undefined ? undefined : {...objectAt(expression), key: meant};
}

/** A label of a workload's pods that no other of them has: of its own selector rather than of its template only. */
function ownLabel(workload: KubeObject, keeps: readonly Labels[]): readonly [string, Json] | undefined {
	const selected = Object.entries(objectAt(workload, 'spec', 'selector', 'matchLabels'));
	return [...selected, ...Object.entries(labelsOf(workload))]
		.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
		.find(([key, value]) => keeps.every(labels => labels[key] !== value));
}

function withoutOne(selector: JsonObject, workload: KubeObject, keeps: readonly Labels[]): JsonObject | undefined {
	const out = labelsOf(workload);
	if (!fitsSelector(selector, out)) return selector;
	const expressions = listAt(selector, 'matchExpressions');
	for (const [index, expression] of expressions.entries()) {
		const to = narrowed(expression, out, keeps);
		if (to !== undefined) return {...selector, matchExpressions: expressions.with(index, to)};
	}
	const own = ownLabel(workload, keeps);
	if (own === undefined) return undefined;
	const [key, value] = own;
	return {...selector, matchExpressions: [...expressions, {key, operator: 'NotIn', values: [value]}]};
}

/** Lets a budget count some of its workloads no longer, and all others as before. Undefined where no label tells them apart. */
export function leaveOut(budget: KubeObject, outs: readonly KubeObject[], keeps: readonly KubeObject[], sure: boolean): Remedy | undefined {
	const from = objectAt(budget, 'spec', 'selector');
	const kept = keeps.map(labelsOf);
	const to = outs.reduce<JsonObject | undefined>(
		(selector, each) => (selector === undefined ? undefined : withoutOne(selector, each, kept)),
		from,
	);
	if (to === undefined || canonicalJson(to) === canonicalJson(from) || !kept.every(labels => fitsSelector(to, labels))) return undefined;
	const [name, who] = [refText(refOf(budget)), someOf(outs.map(each => refText(refOf(each))))];
	return exchange(budget, [{path: ['spec', 'selector'], from: valueAt(budget, 'spec', 'selector'), to}], {
		side: 'budget',
		sure,
		text: {en: `Leave the pods of ${who} out of ${name}`, ko: `${name}에서 ${who}의 파드를 뺍니다`},
	});
}
