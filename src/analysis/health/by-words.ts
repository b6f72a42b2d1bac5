import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type Finding, gravest} from './health.ts';
import {statusOfWord} from './status-words.ts';

/** Fields that hold a phase or a state of the present, whatever their maker called them. */
const tellsState = /(phase|state|status|health|robustness|compliant)$/i;
const ofAnotherTime = /desired|previous|expected|protection|license|^last(?!operation)/i;

/** Fields whose word is the state of the whole object: one that nobody knows is no sign of health, nor is a number. */
const ofTheWhole = new Set(['phase', 'state', 'status', 'currentState', 'currentStatus']);

/** Where a status says in plain words what went wrong. */
const troubleFields = ['message', 'error', 'errorMessage', 'errorDescription', 'errMsg', 'failureMessage', 'reason'];

/** The phases, states and healths among the fields of one object, with what they mean. */
function wordsIn(fields: JsonObject, kind: string) {
	return Object.entries(fields).flatMap(([field, value]) => {
		if (!tellsState.test(field) || ofAnotherTime.test(field) || typeof value !== 'string') return [];
		const status = statusOfWord(value, kind);
		return status === undefined ? [] : [{status, message: value, from: 'word' as const}];
	});
}

/** What was, and what others are: none of them is the state of this object. */
const notOfNow = /history|previous|last|conditions|results|runs|templates|spec/i;

/** One level deeper, and two through maps by name: the result of a job, the health of a part, each item of a list. */
function partsOf(fields: JsonObject, depth: number): readonly JsonObject[] {
	return Object.entries(fields).flatMap(([field, value]) => {
		if (notOfNow.test(field)) return [];
		if (Array.isArray(value)) return depth === 2 ? value.filter(isJsonObject) : [];
		if (!isJsonObject(value)) return [];
		return depth === 1 ? [value] : [value, ...partsOf(value, depth - 1)];
	});
}

/** Work that is asked to run is done when it does, whatever its kind is called. */
const wishesToRun = (object: Json) =>
	[textAt(object, 'spec', 'job', 'state'), textAt(object, 'spec', 'desiredState')].some(wish => wish?.toLowerCase() === 'running');

/** What parts say against conditions that are well: that they are broken or held, and of each in a list its health alone. */
const partsBeside = (status: JsonObject, kind: string): readonly Finding[] => [
	...partsOf(status, 1)
		.flatMap(part => wordsIn(part, kind))
		.filter(({status: word, message}) => word === 'Degraded' || /paused/i.test(message)),
	...Object.entries(status)
		.flatMap(([field, value]) => (Array.isArray(value) && !notOfNow.test(field) ? value : []))
		.flatMap(item => (statusOfWord(textAt(item, 'health') ?? '', kind) === 'Degraded' ? [item] : []))
		.map(item => ({status: 'Degraded', message: textAt(item, 'message') ?? `A part is ${textAt(item, 'health')}`, from: 'word'}) as const),
];

const troubleIn = (status: JsonObject) =>
	troubleFields.map(field => textAt(status, field) ?? textAt(status, field, 'message')).find(text => text !== undefined && text !== '');

/**
 * What the phases and states of the status come to; undefined where there is none that is known.
 * @param deep parts of the status speak for the object too, as no condition does
 */
export function byWords(object: Json, kind: string, {deep}: {readonly deep: boolean}): Finding | undefined {
	const status = objectAt(object, 'status');
	const unknown = [...ofTheWhole].flatMap(field => textAt(status, field) || numberAt(status, field)?.toString() || []);
	const lasting = wishesToRun(object) ? '' : kind;
	const words = [
		...wordsIn(status, lasting),
		...unknown.map(word => ({status: 'Unknown' as const, message: word, from: 'word' as const})),
		...(deep ? partsOf(status, 2).flatMap(part => wordsIn(part, lasting)) : partsBeside(status, lasting)),
	];
	const found = gravest(words);
	if (found === undefined) return undefined;
	const told = found.status === 'Degraded' || found.status === 'Healthy' ? troubleIn(status) : textAt(status, 'message');
	return told ? {...found, message: told} : found;
}

/** `attachError` and `errMsg`; a last one may be over. */
const tellsError = /^(?!last).*(error|errorMessage|errMsg|failureMessage)$/i;

/** A field that holds an error, or one that says ready or not: for statuses without phases and conditions. */
export function byFlags(object: Json): Finding | undefined {
	const status = objectAt(object, 'status');
	const error = Object.keys(status)
		.filter(field => tellsError.test(field))
		.map(field => textAt(status, field, 'message') ?? textAt(status, field))
		.find(Boolean);
	if (error !== undefined) return {status: 'Degraded', message: error, from: 'word'};
	if (valueAt(status, 'healthy') === false)
		return {status: 'Degraded', message: `${textAt(object, 'kind') ?? 'It'} is not healthy`, from: 'word'};
	const flag = ['ready', 'readyToUse', 'healthy', 'available', 'attached']
		.map(field => valueAt(status, field))
		.find(value => typeof value === 'boolean');
	if (flag === undefined) return undefined;
	return flag === true ? {status: 'Healthy', message: '', from: 'word'} : {status: 'Progressing', message: '', from: 'word'};
}
