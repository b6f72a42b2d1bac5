import {expect} from 'vitest';
import {at} from '../servers/questions.ts';

/** `body` is parsed when it is JSON, and text otherwise. */
export type Reply = {
	readonly status: number;
	readonly headers: {readonly [name: string]: string | readonly string[] | undefined};
	readonly body: unknown;
};

/** What a refusal looks like, for `toMatchObject`: the whole Status, with at least these details. */
export const refusal = (status: number, reason: string, message: string, details?: object) => ({
	status,
	body: {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Failure',
		message,
		...(reason === '' ? {} : {reason}),
		...(details === undefined ? {} : {details}),
		code: status,
	},
});
/** A cause of a refusal, as details list them. */
export const cause = (reason: string, field: string, message: string) => ({reason, message, field});

/** One problem of an object: its reason, its field and the words. */
export type Problem = readonly [reason: string, field: string, message: string];

/** The refusal of an object with just these problems, in this order. @param kind with its group: `Deployment.apps` */
export function invalidity(kind: string, name: string, problems: readonly Problem[]) {
	const texts = problems.map(([, field, message]) => `${field}: ${message}`);
	const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
	const causes = problems.map(problem => cause(...problem));
	return refusal(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {causes});
}

export const versionOf = ({body}: Reply) => String(at(body, 'metadata', 'resourceVersion'));
export const uidOf = ({body}: Reply) => String(at(body, 'metadata', 'uid'));
export const generationOf = ({body}: Reply) => at(body, 'metadata', 'generation');

/** The objects of a list. Fails the case when it is none. */
export function itemsOf(reply: Reply): readonly unknown[] {
	const items = at(reply.body, 'items');
	if (!Array.isArray(items)) expect.fail(`no list: ${reply.status} ${JSON.stringify(reply.body).slice(0, 300)}`);
	return items;
}
export const namesOf = (reply: Reply) => itemsOf(reply).map(item => at(item, 'metadata', 'name'));
/** The texts of the Warning headers. */
export const warningsOf = ({headers: {warning = ''}}: Reply) =>
	[...String(warning).matchAll(/299 - ("(?:[^"\\]|\\.)*")/g)].map(([, quoted = '""']) => String(JSON.parse(quoted)));
