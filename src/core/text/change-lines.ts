import {pathText} from '../diff/path-text.ts';
import {refText} from '../kube/kube-object.ts';
import type {Change, FieldChange} from '../plan.ts';
import {lineDiff} from './line-diff.ts';
import {lookAlikes} from './look-alikes.ts';
import {sideBySide} from './side-by-side.ts';
import {hanging, indented, type Line, lineWidth, span, type Tone} from './styled.ts';
import {inlineValue, valueLines} from './value-lines.ts';

const operationTones: {readonly [operation in Change['operation']]: Tone} = {
	create: 'good',
	update: 'accent',
	delete: 'bad',
	replace: 'warn',
	run: 'warn',
};

/** `update Deployment shop/web`, as one line of a list. */
export const changeTitle = ({operation, ref}: Change): Line => [
	span(operation, operationTones[operation]),
	span(' '),
	span(refText(ref), 'strong'),
];

const signTones = {'-': 'bad', '+': 'good', ' ': 'dim'} as const;

/** Wide enough for the old and the new value next to each other. */
const besideWidth = 90;

/** The old and the new value where a line is too short for both: next to each other where there is room, else under each other. */
function blockDiff({before, after}: FieldChange, width: number, isBeside: boolean): readonly Line[] {
	const [old, fresh] = [before, after].map(value => (value === undefined ? [] : valueLines(value)));
	if (isBeside && width >= besideWidth && before !== undefined && after !== undefined) return sideBySide(old ?? [], fresh ?? [], width);
	return lineDiff(old ?? [], fresh ?? []).flatMap(({sign, text}) =>
		hanging([span(`${sign} `, signTones[sign])], text, {width, tone: signTones[sign]}),
	);
}

const nameOf = ({path}: FieldChange) => pathText(path) || '(whole object)';

/** The field and its values on one line: `replicas: 3 → 5`. Undefined where a value takes several lines. */
function inlineChange(field: FieldChange): Line | undefined {
	const {before, after} = field;
	const values = [before, after].filter(value => value !== undefined);
	if (!values.every(value => valueLines(value).length === 1)) return undefined;
	const name = span(`${nameOf(field)}: `);
	if (before === undefined) return [span('+ ', 'good'), name, span(inlineValue(after), 'good')];
	if (after === undefined) return [span('- ', 'bad'), name, span(inlineValue(before), 'bad')];
	return [name, span(inlineValue(before), 'bad'), span(' → ', 'dim'), span(inlineValue(after), 'good')];
}

/** The change on one line where it fits, else the path and the values below it. */
function valueChange(field: FieldChange, width: number, isBeside: boolean): readonly Line[] {
	const path = nameOf(field);
	if (field.secret) return hanging([span(`${path}: `)], secretText(field.operation), {width, tone: 'warn'});
	const inline = inlineChange(field);
	if (inline !== undefined && lineWidth(inline) <= width) return [inline];
	return [...hanging([], path, {width}), ...indented(blockDiff(field, width - 2, isBeside), 2)];
}

const secretText = (operation: FieldChange['operation']) =>
	operation === 'remove'
		? 'a secret value is removed'
		: operation === 'add'
			? 'a secret value, not shown'
			: 'another secret value, not shown';

/** Who owns a field says nothing about one that goes with its object. */
const fieldLines = (field: FieldChange, {operation}: Change, width: number, isBeside: boolean): readonly Line[] => [
	...valueChange(field, width, isBeside),
	...lookAlikes(field.after).flatMap(text => hanging([span('  ! ', 'warn')], text, {width, tone: 'warn'})),
	...(field.owner === undefined || operation === 'delete'
		? []
		: hanging([span('  ! ', 'warn')], `owned by ${field.owner} today`, {width, tone: 'warn'})),
];

/**
 * All that happens to one resource, without its title.
 * @param above the change above it, whose reason is not told again
 * @param isBeside whether values may stand next to each other, where the width allows it
 */
export function changeLines(change: Change, width: number, above?: Change, isBeside = false): readonly Line[] {
	const isSame = change.why !== undefined && change.why === above?.why && change.computed === above.computed;
	const reason = isSame ? ', as the one above' : change.why === undefined ? '' : `: ${change.why}`;
	const doubt = `worked out by mkcoa, not by the server${reason}`;
	const note = change.why === undefined ? [] : hanging([span('- ')], change.why, {width});
	return [
		...(change.computed === 'server' ? note : hanging([span('! ', 'warn')], doubt, {width, tone: 'warn'})),
		...change.fields.flatMap(field => fieldLines(field, change, width, isBeside)),
	];
}
