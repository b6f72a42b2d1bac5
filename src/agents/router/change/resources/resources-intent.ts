import type {Json} from '../../../../core/json.ts';
import {textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Intent} from '../../understanding.ts';
import {ordersOutright} from '../../words/mood/mood-of.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {plainText, withoutWhatStays} from '../plain-text.ts';
import {amountOf, type Measure} from '../quantity-words.ts';
import {podKinds} from '../targets.ts';
import {type ResourceChange, resourceChanges, type Side, speaksOfResources} from './resource-words.ts';

type Place = {readonly measure: Measure; readonly side: Side};

const quantityAt = (spec: Json, {measure, side}: Place): string | undefined => {
	const value = valueAt(spec, 'resources', side, measure);
	return typeof value === 'number' ? String(value) : textAt(spec, 'resources', side, measure);
};

/** Request and limit are told apart by what the container has, if it has one of both alone. */
const sidesOf = (container: Container, {sides}: ResourceChange, measure: Measure): readonly Side[] =>
	sides.length > 0 ? sides : (['requests', 'limits'] as const).filter(side => quantityAt(container.spec, {measure, side}) !== undefined);

function placesOf(container: Container, change: ResourceChange): readonly Place[] {
	const measures = change.measures.length > 0 ? change.measures : (['cpu', 'memory'] as const);
	return measures.flatMap(measure => sidesOf(container, change, measure).map(side => ({measure, side})));
}

/** One word for request or limit would be a guess where the container has both, or neither. */
const isUnclear = (container: Container, change: ResourceChange) =>
	change.sides.length === 0 && placesOf(container, change).length !== Math.max(1, change.measures.length);

/** `cpu 150m -> 300m`: what stands there now tells request from limit. */
function ofStart(container: Container, change: ResourceChange, text: string): ResourceChange {
	if (!isUnclear(container, change) || change.measures.length !== 1) return change;
	const said = [...text.matchAll(/(?<![\w.:/-])\d[\d.]* ?[a-z]*/gi)].flatMap(([amount]) => quantityOf(amount.replaceAll(' ', '')) ?? []);
	const [measure = 'cpu'] = change.measures;
	const sides = (['requests', 'limits'] as const).filter(side => {
		const now = quantityOf(quantityAt(container.spec, {measure, side}));
		return (
			now !== undefined &&
			said.includes(now) &&
			!(change.amount !== 'remove' && 'quantity' in change.amount && quantityOf(change.amount.quantity) === now)
		);
	});
	return sides.length === 1 ? {...change, sides} : change;
}

function changed({clause}: Asking, object: KubeObject, container: Container, changes: readonly ResourceChange[]): Edit | Question {
	let after: Json | undefined = object;
	const told: string[] = [];
	for (const change of changes) {
		for (const place of placesOf(container, change)) {
			const {amount} = change;
			const before = quantityAt(container.spec, place);
			const quantity = amount === 'remove' ? undefined : amountOf(before, amount);
			const name = `${place.measure} ${place.side === 'limits' ? 'limit' : 'request'}`;
			if (quantity === undefined && amount !== 'remove') return noStart(clause, container, name);
			after = changeAt(after, [...container.path, 'resources', place.side, place.measure], () => quantity);
			told.push(`${name} ${quantity ?? '-'}`);
		}
	}
	return {after, told: `${container.name} ${told.join(', ')}`};
}

const noStart = (clause: Asking['clause'], {name}: Container, what: string) =>
	question(
		clause,
		`Container ${name} has no ${what} to reckon from. How much should it be?`,
		`컨테이너 ${name}에는 기준이 되는 ${what} 값이 없습니다. 얼마로 할까요?`,
	);

/** A request above the limit is refused by the server: what was meant is asked. */
function overLimit({clause}: Asking, container: Container, spec: Json | undefined): Question | undefined {
	for (const measure of ['cpu', 'memory'] as const) {
		const [request, limit] = (['requests', 'limits'] as const).map(side => textAt(spec, 'resources', side, measure));
		const [asked, most] = [quantityOf(request), quantityOf(limit)];
		if (asked === undefined || most === undefined || asked <= most) continue;
		return question(
			clause,
			`The ${measure} request of ${container.name} would be ${request}, above its limit of ${limit}. Should both change?`,
			`${container.name}의 ${measure} 요청 ${request}이(가) 제한 ${limit}보다 커집니다. 둘 다 바꿀까요?`,
			[{text: `${measure} ${request}`, request: `${clause.text.replace(/[.!]+$/, '')}, ${measure} limit ${request}`}],
		);
	}
	return undefined;
}

/** `it asks for two cores and never uses more; request 1 CPU instead`: a part that tells what stands there now is no wish beside an order. */
function withoutNow(text: string, {spec}: Container): string {
	const now = (['requests', 'limits'] as const).flatMap(side =>
		(['cpu', 'memory'] as const).flatMap(measure => quantityOf(quantityAt(spec, {measure, side})) ?? []),
	);
	const tellsNow = (part: string) =>
		resourceChanges(part).some(
			({amount}) => amount !== 'remove' && amount.kind === 'to' && now.includes(quantityOf(amount.quantity) ?? Number.NaN),
		);
	const parts = text.split(/(?<=[;.!])\s+/);
	const orders = (part: string) => ordersOutright(part) || /^(?:so |please )?(?:request|reserve)\b/.test(part);
	const rest = parts.filter(part => orders(part) || !tellsNow(part));
	return rest.length < parts.length && rest.some(orders) ? rest.join(' ') : text;
}

function edited(asking: Asking, object: KubeObject, text: string): Edit | Question | undefined {
	const container = containerSpoken(asking, object);
	if ('kind' in container) return container;
	const meant = resourceChanges(withoutNow(text, container)).map(change => ofStart(container, change, plainText(asking.clause)));
	const unclear = meant.find(change => isUnclear(container, change));
	if (unclear !== undefined) {
		const what = unclear.measures.join(', ') || 'resources';
		return question(
			asking.clause,
			`The request or the limit of ${what} of ${object.metadata.name}, or both?`,
			`${object.metadata.name}의 ${what} 요청(request)인가요, 제한(limit)인가요, 아니면 둘 다인가요?`,
			(['request', 'limit', 'request and limit'] as const).map(side => ({text: side, request: `${asking.clause.text} (${what} ${side})`})),
		);
	}
	const edit = changed(asking, object, container, meant);
	if ('kind' in edit) return edit;
	return overLimit(asking, container, specAfter(edit.after, container)) ?? edit;
}

/** The container in the changed object. */
function specAfter(after: Json | undefined, {path}: Container): Json | undefined {
	let spec: Json | undefined;
	changeAt(after, path, found => {
		spec = found;
		return found;
	});
	return spec;
}

/** Changes what containers request, and how much they may use. */
export const resourcesIntent: Intent = {
	name: 'resources',
	async understand(clause, world, talk) {
		const text = withoutWhatStays(plainText(clause));
		if (!speaksOfResources(text)) return undefined;
		if (resourceChanges(text).length === 0) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, podKinds, object => edited(asking, object, text));
	},
};
